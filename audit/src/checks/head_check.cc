#include "src/checks/head_check.h"

#include <algorithm>

#include "suanpan/audit/export.h"
#include "suanpan/audit/files.h"

namespace suanpan::audit {
namespace {

/// V2: enough of the auditor's witnesses have signed, lately.
void CheckQuorum(const std::vector<proof::VerifiedSignature>& signatures, const Pins& pins,
                 const VerifyOptions& options, Findings& findings) {
  const auto undecided_age = [&findings](std::string_view why) {
    findings.Doubt(kV2, "max_age", 0, fmt::format("the age cannot be told: {}", why));
  };
  if (pins.policy.quorum.empty()) {
    if (!options.max_age_s) return findings.NotAsked(kV2);
    return undecided_age(
        "only cosignatures carry a time, and no quorum of witnesses is asked for; give a policy "
        "that names witnesses and a quorum");
  }
  if (options.max_age_s && !options.now) return undecided_age("the present time was not given");
  std::set<std::string> signers;
  std::uint64_t newest = 0;
  const bool timed = options.now.has_value();
  const auto now =
      static_cast<std::uint64_t>(options.now.value_or(InstantUs{}).value()) / 1'000'000U;
  for (const proof::VerifiedSignature& signature : signatures) {
    const std::uint64_t time = signature.time_s.value_or(0);
    if (timed && time > now) {
      findings.Fail(kV2, "future", 0,
                    "the cosignature of " + signature.key.name + " is from the future");
      continue;
    }
    newest = std::max(newest, time);
    for (const Policy::Witness& witness : pins.policy.witnesses) {
      if (witness.key == signature.key) signers.insert(witness.name);
    }
  }
  if (!pins.policy.IsSatisfiedBy(signers)) {
    findings.Doubt(
        kV2, "quorum", 0,
        fmt::format("{} of the policy's witnesses have signed; quorum '{}' is not reached",
                    signers.size(), pins.policy.quorum));
  } else if (options.max_age_s && timed && now - newest > *options.max_age_s) {
    findings.Doubt(kV2, "stale", 0,
                   fmt::format("the newest cosignature is {} seconds old", now - newest));
  }
}

std::optional<std::string> ReadNote(const std::filesystem::path& dir, Findings& findings) {
  std::string note;
  const Status read = ReadFile(dir / kCheckpointFile, proof::kNoteBytesMax, note);
  if (read.ok() && !note.empty()) return note;
  const std::string why = read.ok() ? "it is empty" : std::string{read.message()};
  if (read.ok() || read.code() == StatusCode::kCorruption) {
    findings.Fail(kV1, "checkpoint", 0, fmt::format("{} is damaged: {}", kCheckpointFile, why));
  } else {
    findings.Doubt(kV1, "checkpoint", 0,
                   fmt::format("{} cannot be read: {}", kCheckpointFile, why));
  }
  return std::nullopt;
}

/// The checkpoint as it stands, where no key tells whether it is genuine.
std::optional<Head> OpenUnverified(std::string note, Findings& findings) {
  const auto damaged = [&findings](const Status& why) {
    findings.Fail(kV1, "checkpoint", 0,
                  fmt::format("{} is damaged: {}", kCheckpointFile, why.message()));
  };
  Result<proof::Note> parsed = proof::ParseNote(note);
  if (parsed.ok()) {
    Result<proof::Checkpoint> checkpoint = proof::ParseCheckpoint(parsed->text);
    if (checkpoint.ok()) return Head{*checkpoint, std::move(note), parsed->text};
    damaged(checkpoint.error());
  } else {
    damaged(parsed.error());
  }
  return std::nullopt;
}

/// What a key is called: its name and id, as a verifier key begins and a signature line has them.
std::string Named(std::string_view name, std::uint32_t id) {
  return fmt::format("{}+{:08x}", name, id);
}

/// The key that should have signed, and which given one it is under this book's name.
std::string NamedAsGiven(const proof::VerifierKey& key, const Pins& pins) {
  std::string name = Named(key.name, key.id);
  for (const proof::VerifierKey& pin : pins.logs) {
    if (pin.public_key != key.public_key || pin.name == key.name) continue;
    name += ", that is the given " + Named(pin.name, pin.id) + " under this book's name";
    break;
  }
  return name;
}

/// Whether a line says that the key signed, rightly or not.
bool IsSignedBy(std::string_view note, const proof::VerifierKey& key) {
  const Result<proof::Note> parsed = proof::ParseNote(note);
  return parsed.ok() &&
         std::ranges::any_of(parsed->signatures, [&](const proof::NoteSignature& line) {
           return line.name == key.name && line.key_id == key.id;
         });
}

/// Who signed, as the lines say.
std::string SignersOf(std::string_view note) {
  constexpr std::size_t kShown = 8;
  std::string names;
  const Result<proof::Note> parsed = proof::ParseNote(note);
  for (std::size_t i = 0; parsed.ok() && i < parsed->signatures.size(); ++i) {
    if (i == kShown) return names + fmt::format(" and {} more", parsed->signatures.size() - i);
    names += (i == 0 ? "" : ", ") + Named(parsed->signatures[i].name, parsed->signatures[i].key_id);
  }
  return names;
}

std::string NamesOf(const std::vector<proof::VerifierKey>& keys) {
  std::string names;
  for (const proof::VerifierKey& key : keys) names += (names.empty() ? "" : ", ") + key.name;
  return names;
}

/// Whether a folder has the name of the origin's book, as the pinned keys tell book from directory.
bool IsNamedAfter(const std::string& folder, const std::string& origin, const Pins& pins) {
  return std::ranges::any_of(pins.logs, [&](const proof::VerifierKey& pin) {
    if (pin.name == origin) return MayBeFolderOf(folder, origin);
    return origin.starts_with(pin.name + "/") &&
           BookFolder(origin.substr(pin.name.size() + 1)) == folder;
  });
}

}  // namespace

std::optional<Head> OpenHead(const std::filesystem::path& dir, const std::string& folder,
                             const Pins& pins, const VerifyOptions& options, Findings& findings) {
  const std::optional<std::string> note = ReadNote(dir, findings);
  if (!note) return std::nullopt;
  std::optional<Head> head = OpenUnverified(*note, findings);
  if (!head) return std::nullopt;
  const std::string& origin = head->checkpoint.origin;
  if (pins.logs.empty()) {
    findings.Doubt(kV1, "no_key", 0,
                   "no key was given: the checkpoint may be anybody's; pass the key that you have "
                   "from the operator, not from the export");
    findings.NotAsked(kV2);
    return head;
  }
  const std::optional<proof::VerifierKey> key = pins.For(origin);
  if (!key) {
    findings.Fail(kV1, "origin", 0, "the origin is not that of the pinned key", NamesOf(pins.logs),
                  origin);
    return head;
  }
  const std::vector<proof::VerifierKey> witnesses = pins.policy.WitnessKeys();
  Result<proof::OpenedCheckpoint> opened = proof::OpenCheckpoint(*note, *key, witnesses);
  if (!opened.ok()) {
    findings.Fail(kV1, "signature", 0,
                  IsSignedBy(*note, *key)
                      ? std::string{opened.error().message()}
                      : "the checkpoint is not signed by the key that was given",
                  NamedAsGiven(*key, pins), SignersOf(*note));
    return head;
  }
  if (!folder.empty() && !IsNamedAfter(folder, origin, pins)) {
    findings.Fail(kV1, "folder", 0, "the folder is not named after the book of its checkpoint",
                  folder, origin);
  }
  CheckQuorum(opened->cosignatures, pins, options, findings);
  return head;
}

}  // namespace suanpan::audit
