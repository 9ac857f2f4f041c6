#pragma once

// An auditor's visit as formats.md section 8 has it: an export, and at hand the auditor's own key,
// a policy with a quorum of witnesses, and the state of an earlier visit. Judged by the library,
// and by the program as anybody would call it.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sample_log.h"
#include "support/run_command.h"

namespace suanpan::audit {

class Visit {
 public:
  static constexpr std::string_view kBook = "zz";
  static constexpr std::size_t kSize = 265;                    ///< a full bundle and a partial one
  static constexpr std::size_t kEarlier = 200;                 ///< entries at the earlier visit
  static constexpr std::uint64_t kCosigned_s = 1'746'000'000;  ///< after all that is recorded
  static constexpr const char* kCheckpoint = "checkpoint";

  /// A fresh export, untouched.
  Visit();

  /// The entries as they are before anybody forges: ToldHistory, then sales up to kSize.
  [[nodiscard]] static const std::vector<std::string>& Genuine();
  [[nodiscard]] std::filesystem::path dir() const { return work_.path() / "export"; }
  [[nodiscard]] std::filesystem::path StateFile(std::string_view book = kBook) const;

  // What is done to the export.
  [[nodiscard]] std::string Read(const std::string& name) const { return ReadText(dir() / name); }
  void Write(const std::string& name, std::string_view bytes) { WriteText(dir() / name, bytes); }
  void Remove(const std::string& name) { std::filesystem::remove(dir() / name); }
  void Append(const std::string& name, std::string_view bytes) {
    Write(name, Read(name) + std::string{bytes});
  }
  /// Flips the lowest bit of a byte.
  void Flip(const std::string& name, std::size_t byte);
  /// Writes other entries, every tile right, signed by the log and cosigned by the witnesses.
  void Rebuild(const std::vector<std::string>& entries);
  /// Rebuild, where the earlier visit was to what was not forged yet: nothing but the entries
  /// themselves gives the forgery away.
  void ForgeAfterTheVisit(const std::vector<std::string>& entries);
  /// Writes other entries, every tile right, below the checkpoint that is there.
  void RebuildUnsigned(const std::vector<std::string>& entries);
  /// Signs the head with another root, and has it cosigned.
  void SignRoot(const Hash32& root);
  /// The text of the checkpoint, and what the log alone signed.
  [[nodiscard]] std::string CheckpointText() const;
  [[nodiscard]] std::string SignedByTheLog() const;

  // What the auditor brings.
  std::string vkey;
  std::string policy;
  std::optional<std::uint64_t> max_age_s;
  /// Brings one more checkpoint: of these entries, signed by the log.
  void Anchor(const std::vector<std::string>& entries);

  [[nodiscard]] VerifyReport InProcess() const;
  /// `suanpan audit verify DIR ... --json`: exit code and what it printed.
  [[nodiscard]] test::Outcome Program() const;

 private:
  void Cosign();

  test::TempDir work_;
  std::vector<std::filesystem::path> anchors_;
};

}  // namespace suanpan::audit
