#include "src/trust/pins.h"

namespace suanpan::audit {

std::optional<proof::VerifierKey> Pins::For(const std::string& origin) const {
  for (const proof::VerifierKey& key : logs) {
    if (key.name == origin) return key;
  }
  for (const proof::VerifierKey& key : logs) {
    if (!origin.starts_with(key.name + "/")) continue;
    Result<proof::VerifierKey> of_book =
        proof::ForBook(key, std::string_view{origin}.substr(key.name.size() + 1));
    if (of_book.ok()) return *of_book;
  }
  return std::nullopt;
}

Result<Pins> ReadPins(const VerifyOptions& options) {
  Pins pins;
  if (options.policy) {
    SUANPAN_ASSIGN_OR_RETURN(pins.policy, ParsePolicy(*options.policy), options.policy_name);
    pins.logs = pins.policy.logs;
  }
  if (!options.vkey.empty()) {
    SUANPAN_ASSIGN_OR_RETURN(proof::VerifierKey key, proof::ParseVerifierKey(options.vkey));
    if (key.type != proof::SignatureType::kEd25519) {
      return MakeError(StatusCode::kInvalidArgument, "'{}' is not a log's key", key.name);
    }
    for (const proof::VerifierKey& other : pins.logs) {
      if (other.name != key.name || other == key) continue;
      return MakeError(StatusCode::kInvalidArgument,
                       "{} has another key of {} than --vkey: one of them is not the log's; ask "
                       "whom you had them from",
                       options.policy_name, key.name);
    }
    // Who states a key wants it to have signed; the policy is for the witnesses then.
    pins.logs = {std::move(key)};
  }
  return pins;
}

}  // namespace suanpan::audit
