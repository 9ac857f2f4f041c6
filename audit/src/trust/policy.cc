#include "suanpan/audit/policy.h"

#include <algorithm>
#include <charconv>

namespace suanpan::audit {
namespace {

constexpr std::string_view kBlanks = " \t";

std::vector<std::string_view> WordsOf(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = line.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return words;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(kBlanks), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

/// Reads a policy line by line.
class PolicyParser {
 public:
  [[nodiscard]] Status TakeLine(std::string_view line) {
    if (line.find('\r') != std::string_view::npos) return Wrong("a carriage return");
    const std::vector<std::string_view> words = WordsOf(line);
    if (words.empty() || words[0].front() == '#') return {};
    if (words[0] == "log") return Log(words);
    if (words[0] == "witness") return TakeWitness(words);
    if (words[0] == "group") return TakeGroup(words);
    if (words[0] == "quorum") return Quorum(words);
    return Wrong("unknown word '{}'", words[0]);
  }
  [[nodiscard]] Result<Policy> Finish() {
    if (!has_quorum_) {
      return Wrong("there is no quorum line; `quorum none` says that no witness is asked for");
    }
    return std::move(policy_);
  }

 private:
  template <class... Args>
  [[nodiscard]] static Status Wrong(fmt::format_string<Args...> format, Args&&... args) {
    return MakeError(StatusCode::kInvalidArgument, format, std::forward<Args>(args)...);
  }

  [[nodiscard]] Result<proof::VerifierKey> Key(std::string_view text, proof::SignatureType type) {
    SUANPAN_ASSIGN_OR_RETURN(proof::VerifierKey key, proof::ParseVerifierKey(text));
    if (key.type != type) return Wrong("the key of '{}' is of the wrong type", key.name);
    if (!public_keys_.insert(key.public_key).second) {
      return Wrong("the public key of '{}' is given twice", key.name);
    }
    return key;
  }
  [[nodiscard]] Status Log(const std::vector<std::string_view>& words) {
    if (words.size() < 2 || words.size() > 3) return Wrong("log <vkey> [url]");
    SUANPAN_ASSIGN_OR_RETURN(proof::VerifierKey key, Key(words[1], proof::SignatureType::kEd25519));
    policy_.logs.push_back(std::move(key));
    return {};
  }
  [[nodiscard]] Status Define(std::string_view name) {
    if (name == "none") return Wrong("'none' cannot be a name");
    if (!unused_.insert(std::string{name}).second || !names_.insert(std::string{name}).second) {
      return Wrong("'{}' is defined twice", name);
    }
    return {};
  }
  [[nodiscard]] Status TakeWitness(const std::vector<std::string_view>& words) {
    if (words.size() < 3 || words.size() > 4) return Wrong("witness <name> <vkey> [url]");
    SUANPAN_RETURN_IF_ERROR(Define(words[1]));
    SUANPAN_ASSIGN_OR_RETURN(proof::VerifierKey key,
                             Key(words[2], proof::SignatureType::kCosignatureV1));
    policy_.witnesses.push_back({std::string{words[1]}, std::move(key)});
    return {};
  }
  [[nodiscard]] Status TakeGroup(const std::vector<std::string_view>& words) {
    if (words.size() < 4) return Wrong("group <name> all|any|<k> <member>...");
    Policy::Group group;
    group.name = words[1];
    for (std::size_t i = 3; i < words.size(); ++i) {
      if (!names_.contains(words[i])) return Wrong("'{}' is not defined above", words[i]);
      if (unused_.erase(std::string{words[i]}) == 0) return Wrong("'{}' is used twice", words[i]);
      group.members.emplace_back(words[i]);
    }
    const auto members = static_cast<std::uint32_t>(group.members.size());
    if (words[2] == "all" || words[2] == "any") {
      group.threshold = words[2] == "all" ? members : 1;
    } else {
      const std::string_view digits = words[2];
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), group.threshold);
      if (error != std::errc{} || end != digits.data() + digits.size() || digits.front() == '0') {
        return Wrong("'{}' is no threshold", digits);
      }
    }
    if (group.threshold < 1 || group.threshold > members) {
      return Wrong("a threshold of {} of {} members", group.threshold, members);
    }
    SUANPAN_RETURN_IF_ERROR(Define(group.name));
    policy_.groups.push_back(std::move(group));
    return {};
  }
  [[nodiscard]] Status Quorum(const std::vector<std::string_view>& words) {
    if (words.size() != 2) return Wrong("quorum <name>|none");
    if (has_quorum_) return Wrong("a second quorum line");
    has_quorum_ = true;
    if (words[1] == "none") return {};
    if (!names_.contains(words[1])) return Wrong("'{}' is not defined above", words[1]);
    policy_.quorum = words[1];
    return {};
  }

  Policy policy_;
  std::set<std::string, std::less<>> names_;
  std::set<std::string, std::less<>> unused_;
  std::set<proof::Ed25519PublicKey> public_keys_;
  bool has_quorum_ = false;
};

}  // namespace

std::vector<proof::VerifierKey> Policy::WitnessKeys() const {
  std::vector<proof::VerifierKey> keys;
  for (const Witness& witness : witnesses) keys.push_back(witness.key);
  return keys;
}

bool Policy::IsSatisfiedBy(const std::set<std::string>& signers) const {
  if (quorum.empty()) return true;
  // Members stand above their group, so one pass in order settles every group.
  std::set<std::string> satisfied = signers;
  for (const Group& group : groups) {
    const auto count = std::ranges::count_if(
        group.members, [&](const std::string& member) { return satisfied.contains(member); });
    if (count >= std::int64_t{group.threshold}) satisfied.insert(group.name);
  }
  return satisfied.contains(quorum);
}

Result<Policy> ParsePolicy(std::string_view text) {
  PolicyParser parser;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    SUANPAN_RETURN_IF_ERROR(parser.TakeLine(text.substr(0, end)), fmt::format("line {}", number));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parser.Finish();
}

}  // namespace suanpan::audit
