#include "suanpan/proof/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "suanpan/proof/base64.h"
#include "suanpan/proof/tree.h"

namespace suanpan::proof {

namespace {

Status Malformed(std::string_view reason) {
  return MakeError(StatusCode::kCorruption, "malformed checkpoint: {}", reason);
}

/// Takes a line off the text, without its newline; nothing where none is complete.
std::optional<std::string_view> TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<TreeSize> ParseSize(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  // from_chars would take a minus sign for a negative zero on signed types; unsigned takes none.
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc{} || end != text.data() + text.size() || size > kTreeSizeMax) {
    return std::nullopt;
  }
  return TreeSize{size};
}

}  // namespace

std::string FormatCheckpoint(const Checkpoint& checkpoint) {
  std::string text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size.value(),
                                 EncodeBase64(checkpoint.root.bytes));
  for (const std::string& line : checkpoint.extensions) text.append(line).push_back('\n');
  return text;
}

Result<Checkpoint> ParseCheckpoint(std::string_view text, Extensions extensions) {
  if (text.find('\r') != std::string_view::npos) return Malformed("a carriage return");
  const std::optional<std::string_view> origin = TakeLine(text);
  const std::optional<std::string_view> size_text = TakeLine(text);
  const std::optional<std::string_view> root_text = TakeLine(text);
  if (!origin || !size_text || !root_text) return Malformed("fewer than three lines");
  if (origin->empty()) return Malformed("the origin is empty");
  const std::optional<TreeSize> size = ParseSize(*size_text);
  if (!size) return Malformed(fmt::format("'{}' is not a size", *size_text));
  const std::optional<Hash32> root = DecodeBase64Hash(*root_text);
  if (!root) return Malformed(fmt::format("'{}' is not the base64 of 32 bytes", *root_text));
  Checkpoint checkpoint{
      .origin = std::string{*origin}, .size = *size, .root = *root, .extensions = {}};
  if (extensions == Extensions::kRefuse && !text.empty()) {
    return Malformed("more than three lines");
  }
  while (!text.empty()) {
    const std::optional<std::string_view> line = TakeLine(text);
    if (!line || line->empty()) return Malformed("an extension line is empty or not complete");
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

Result<std::string> SignCheckpoint(const Checkpoint& checkpoint, const Signer& signer) {
  if (checkpoint.origin != signer.name()) {
    return MakeError(StatusCode::kInvalidArgument, "the key of '{}' must not sign for origin '{}'",
                     signer.name(), checkpoint.origin);
  }
  const std::string text = FormatCheckpoint(checkpoint);
  // Check before writing what every reader checks: one never signs what one would refuse.
  const Extensions extensions =
      checkpoint.extensions.empty() ? Extensions::kRefuse : Extensions::kKeep;
  Result<Checkpoint> reread = ParseCheckpoint(text, extensions);
  if (!reread.ok()) return std::move(reread).error();
  return SignNote(text, signer);
}

Result<Checkpoint> ReadCheckpoint(std::string_view file) {
  SUANPAN_ASSIGN_OR_RETURN(const Note note, ParseNote(file));
  return ParseCheckpoint(note.text);
}

Result<OpenedCheckpoint> OpenCheckpoint(std::string_view file, const VerifierKey& log,
                                        std::span<const VerifierKey> witnesses,
                                        Extensions extensions) {
  std::vector<VerifierKey> known{log};
  known.insert(known.end(), witnesses.begin(), witnesses.end());
  SUANPAN_ASSIGN_OR_RETURN(OpenedNote note, OpenNote(file, known), "checkpoint");
  SUANPAN_ASSIGN_OR_RETURN(Checkpoint checkpoint, ParseCheckpoint(note.text, extensions));
  if (checkpoint.origin != log.name) {
    return MakeError(StatusCode::kCorruption, "the checkpoint's origin is '{}', the key's '{}'",
                     checkpoint.origin, log.name);
  }
  const auto is_log = [&](const VerifiedSignature& signature) { return signature.key == log; };
  if (std::ranges::none_of(note.verified, is_log)) {
    return MakeError(StatusCode::kCorruption, "the checkpoint is not signed by {}", log.name);
  }
  std::erase_if(note.verified, is_log);
  return OpenedCheckpoint{.checkpoint = std::move(checkpoint),
                          .text = std::move(note.text),
                          .cosignatures = std::move(note.verified)};
}

}  // namespace suanpan::proof
