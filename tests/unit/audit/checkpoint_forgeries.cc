#include <gtest/gtest.h>

#include <array>

#include "forgery_rows.h"
#include "suanpan/proof/note.h"
#include "suanpan/proof/sha256.h"
#include "witnesses.h"

namespace suanpan::audit {
namespace {

constexpr const char* kCheckpoint = Visit::kCheckpoint;
constexpr std::uint64_t kTime = Visit::kCosigned_s;

/// The checkpoint in its lines: origin, size, root, nothing, the log's signature, two witnesses'.
std::vector<std::string> LinesOf(const Visit& visit) {
  std::vector<std::string> lines;
  const std::string note = visit.Read(kCheckpoint);
  for (std::size_t at = 0; at < note.size();) {
    const std::size_t end = note.find('\n', at) + 1;
    lines.push_back(note.substr(at, end - at));
    at = end;
  }
  return lines;
}

void ChangeLine(Visit& visit, std::size_t line, const std::function<void(std::string&)>& change) {
  std::vector<std::string> lines = LinesOf(visit);
  ASSERT_EQ(lines.size(), 7U);
  change(lines[line]);
  std::string note;
  for (const std::string& each : lines) note += each;
  visit.Write(kCheckpoint, note);
}

/// Flips a bit of what a line says: in the middle of the base64 at its end.
std::function<void(Visit&)> FlipIn(std::size_t line) {
  return [line](Visit& visit) {
    ChangeLine(visit, line, [](std::string& text) {
      char& letter = text[text.size() - 24];
      letter = letter == 'A' ? 'B' : 'A';
    });
  };
}

/// The last letter of base64 before "=" has two bits that say nothing; here they are not zero.
std::function<void(Visit&)> LooseBits(std::size_t line) {
  return [line](Visit& visit) {
    ChangeLine(visit, line, [](std::string& text) {
      const std::size_t pad = text.find('=', text.size() - 3);
      ASSERT_NE(pad, std::string::npos) << text;
      ++text[pad - 1];
    });
  };
}

/// A line of the log's own key, or of a witness's, that is no signature.
std::string Broken(const proof::VerifierKey& key, std::size_t bytes) {
  return proof::FormatSignatureLine(key, AsBytes(std::string(bytes, 'x')));
}
std::string BrokenOfTheLog() { return Broken(TestSigner().ForBook(Visit::kBook)->verifier(), 64); }
proof::VerifierKey Witness(std::uint8_t n) {
  return proof::ParseVerifierKey(WitnessKey(n)).value();
}

void InsertSignature(Visit& visit, const std::string& line) {
  std::string note = visit.Read(kCheckpoint);
  visit.Write(kCheckpoint, note.insert(note.find("\n\n") + 2, line));
}

/// A little-endian number of 32 bytes plus the order of ed25519's group,
/// L = 2^252 + 27742317777372353535851937790883648493.
void AddGroupOrder(char* number) {
  constexpr std::array<std::uint8_t, 32> kOrder = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,
                                                   0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                                   0,    0,    0,    0,    0,    0,    0,    0,
                                                   0,    0,    0,    0,    0,    0,    0,    0x10};
  unsigned carry = 0;
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    carry += static_cast<std::uint8_t>(number[i]) + unsigned{kOrder[i]};
    number[i] = static_cast<char>(carry & 0xffU);
    carry >>= 8U;
  }
  ASSERT_EQ(carry, 0U);
}

/// S and S + L satisfy the same equation: a checker that does not demand S < L would accept a
/// second spelling of every signature, made without the key.
void SecondSpelling(Visit& visit, std::size_t which) {
  proof::Note note = proof::ParseNote(visit.Read(kCheckpoint)).value();
  const std::array keys = {TestSigner().ForBook(Visit::kBook)->verifier(), Witness(1), Witness(2)};
  std::string file = note.text + "\n";
  for (std::size_t i = 0; i < note.signatures.size(); ++i) {
    std::string& signature = note.signatures[i].signature;
    if (i == which) AddGroupOrder(signature.data() + signature.size() - 32);
    file += proof::FormatSignatureLine(keys.at(i), AsBytes(signature));
  }
  visit.Write(kCheckpoint, file);
}

/// Signed by the log and by witness 1, and below that something in the place of witness 2.
std::function<void(Visit&)> InsteadOfWitness2(const std::function<std::string(Visit&)>& line) {
  return [line](Visit& visit) {
    const std::string first = CosignatureLine(1, kTime, visit.CheckpointText());
    visit.Write(kCheckpoint, visit.SignedByTheLog() + first + line(visit));
  };
}

std::string OfTheWrongType(Visit& visit) {
  proof::Ed25519Seed seed{};
  seed.fill(2);
  const proof::Signer plain = proof::Signer::FromSeed("witness2", seed).value();
  return proof::SignatureLine(visit.CheckpointText(), plain).value();
}

std::string UnderAnotherName(Visit& visit) {
  std::string line = CosignatureLine(2, kTime, visit.CheckpointText());
  return line.replace(line.find("witness2"), 8, "witness9");
}

/// The time of the line is another than the one that was signed.
std::string OfTheWrongTime(Visit& visit) {
  const std::string line = CosignatureLine(2, kTime, visit.CheckpointText());
  proof::Note note = proof::ParseNote(visit.CheckpointText() + "\n" + line).value();
  note.signatures[0].signature[7] ^= 1;
  return proof::FormatSignatureLine(Witness(2), AsBytes(note.signatures[0].signature));
}

void WithCarriageReturns(Visit& visit) {
  std::string note = visit.Read(kCheckpoint);
  for (std::size_t at = 0; (at = note.find('\n', at)) != std::string::npos; at += 2) {
    note.replace(at, 1, "\r\n");
  }
  visit.Write(kCheckpoint, note);
}

void ChangeSize(Visit& visit) {
  ChangeLine(visit, 1, [](std::string& size) { size[0] = '1'; });
}

std::vector<Forgery> Heads() {
  return {
      {"one bit flipped in the root", FlipIn(2), "V1/signature"},
      {"another root, signed by the log", [](Visit& v) { v.SignRoot(proof::Sha256(AsBytes("x"))); },
       "V4/root"},
      {"another size", ChangeSize, "V1/signature"},
      {"one bit flipped in the log's signature", FlipIn(4), "V1/signature"},
      {"one bit flipped in the first witness's signature", FlipIn(5), "V1/signature"},
      {"one bit flipped in the second witness's signature", FlipIn(6), "V1/signature"},
      {"signed by another key of the same name",
       [](Visit& v) {
         v.vkey = proof::ToText(proof::Signer::FromSeed("books.example", {})->verifier());
         v.policy = "log " + v.vkey + "\nquorum none\n";
       },
       "V1/signature"},
      {"the checkpoint of another book",
       [](Visit& v) {
         v.vkey = proof::ToText(TestSigner().ForBook("yy")->verifier());
         v.policy = "log " + v.vkey + "\nquorum none\n";
       },
       "V1/origin"},
  };
}

std::vector<Forgery> Lines() {
  return {
      {"trailing bytes after the checkpoint", [](Visit& v) { v.Append(kCheckpoint, "x"); },
       "V1/checkpoint"},
      {"an empty line after the checkpoint", [](Visit& v) { v.Append(kCheckpoint, "\n"); },
       "V1/checkpoint"},
      {"CRLF in the checkpoint", WithCarriageReturns, "V1/checkpoint"},
      {"a broken first signature line", [](Visit& v) { InsertSignature(v, BrokenOfTheLog()); },
       "V1/signature"},
      {"a broken second signature line", [](Visit& v) { v.Append(kCheckpoint, BrokenOfTheLog()); },
       "V1/signature"},
      {"a broken line of a witness that is not needed",
       [](Visit& v) { v.Append(kCheckpoint, Broken(Witness(3), 72)); }, "V1/signature"},
      {"a signature line without a signature",
       [](Visit& v) { v.Append(kCheckpoint, "\xe2\x80\x94 witness3\n"); }, "V1/checkpoint"},
      {"no signature at all", [](Visit& v) { v.Write(kCheckpoint, v.CheckpointText() + "\n"); },
       "V1/checkpoint"},
      {"an empty checkpoint", [](Visit& v) { v.Write(kCheckpoint, ""); }, "V1/checkpoint"},
      {"non-canonical base64 in the root", LooseBits(2), "V1/checkpoint"},
      {"non-canonical base64 in the log's signature", LooseBits(4), "V1/checkpoint"},
      {"S + L in the log's signature", [](Visit& v) { SecondSpelling(v, 0); }, "V1/signature"},
      {"S + L in a cosignature", [](Visit& v) { SecondSpelling(v, 1); }, "V1/signature"},
  };
}

std::vector<Forgery> Cosignatures() {
  constexpr Verdict kUndecided = Verdict::kUndecided;
  const auto at = [](std::uint8_t n, std::uint64_t time) {
    return [n, time](Visit& v) { return CosignatureLine(n, time, v.CheckpointText()); };
  };
  return {
      {"a policy with too few witnesses that signed",
       InsteadOfWitness2([](Visit&) { return std::string{}; }), "V2/quorum", kUndecided},
      {"the same witness twice", InsteadOfWitness2(at(1, kTime + 1)), "V2/quorum", kUndecided},
      {"a cosignature of the wrong type", InsteadOfWitness2(OfTheWrongType), "V2/quorum",
       kUndecided},
      {"a cosignature of the wrong name", InsteadOfWitness2(UnderAnotherName), "V2/quorum",
       kUndecided},
      {"a cosignature of a witness that the policy has not", InsteadOfWitness2(at(4, kTime)),
       "V2/quorum", kUndecided},
      {"a cosignature of the wrong length",
       InsteadOfWitness2([](Visit&) { return Broken(Witness(2), 64); }), "V1/signature"},
      {"a cosignature of the wrong time", InsteadOfWitness2(OfTheWrongTime), "V1/signature"},
      {"a cosignature from the future", InsteadOfWitness2(at(2, 99'000'000'000)), "V2/future"},
      {"a cosignature of another text",
       InsteadOfWitness2([](Visit&) { return CosignatureLine(2, kTime, "books.example/zz\n"); }),
       "V1/signature"},
      {"cosignatures older than the auditor allows", [](Visit& v) { v.max_age_s = 60; }, "V2/stale",
       kUndecided},
      {"no cosignature at all", [](Visit& v) { v.Write(kCheckpoint, v.SignedByTheLog()); },
       "V2/quorum", kUndecided},
  };
}

}  // namespace

std::vector<Forgery> CheckpointForgeries() {
  std::vector<Forgery> rows = Heads();
  for (auto* more : {&Lines, &Cosignatures}) {
    for (Forgery& row : (*more)()) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace suanpan::audit
