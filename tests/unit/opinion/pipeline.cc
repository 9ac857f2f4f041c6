#include "pipeline.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "both.h"
#include "suanpan/schema/schema_files.h"
#include "support/opinion/bytes/entry_writer.h"

namespace suanpan::test {
namespace {

namespace bytes = opinion::bytes;
using opinion::Figures;

std::string RootText(const std::vector<bytes::Hash>& leaves) {
  return ToHex(bytes::RootOf(leaves));
}

/// The number of events that an entry's head tells.
std::uint64_t EventsIn(const std::string& entry) {
  return static_cast<std::uint8_t>(entry[2]) + 256U * static_cast<std::uint8_t>(entry[3]);
}

std::string Entries(const std::vector<std::string>& expected,
                    const std::vector<std::string>& actual) {
  for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
    if (expected[i] == actual[i]) continue;
    return fmt::format("entry {} is {}, not {}", i + 1, ToHex(AsBytes(actual[i])),
                       ToHex(AsBytes(expected[i])));
  }
  if (expected.size() == actual.size()) return {};
  return fmt::format("{} entries, not {}", actual.size(), expected.size());
}

std::string Base64(const bytes::Hash& hash) {
  std::string text(45, '\0');  // 44 characters and the zero that ends them
  text.resize(static_cast<std::size_t>(EVP_EncodeBlock(
      reinterpret_cast<unsigned char*>(text.data()), hash.data(), static_cast<int>(hash.size()))));
  return text;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path, std::ios::binary}.rdbuf();
  return text.str();
}

/// Every entry of the bundles: a length of 16 bits, big-endian, and the bytes.
std::vector<std::string> BundledEntries(const std::filesystem::path& dir, std::size_t size) {
  std::vector<std::string> entries;
  for (std::size_t first = 0; first < size; first += 256) {
    std::string name = fmt::format("{:03}", first / 256);
    if (size - first < 256) name += fmt::format(".p/{}", size - first);
    const std::string bundle = ReadFile(dir / "tile" / "entries" / name);
    for (std::size_t at = 0; at + 2 <= bundle.size();) {
      const std::size_t length = static_cast<std::uint8_t>(bundle[at]) * std::size_t{256} +
                                 static_cast<std::uint8_t>(bundle[at + 1]);
      entries.push_back(bundle.substr(at + 2, length));
      at += 2 + length;
    }
  }
  return entries;
}

/// Whether what an account of points comes to is its debit less its credit.
bool GrowsByDebit(std::string_view account_class) {
  return account_class != "issued" && account_class != "claim" && account_class != "transit";
}

std::string TextOf(const std::map<std::string, std::int64_t>& scheme) {
  std::string text;
  for (const auto& [name, value] : scheme)
    if (value != 0) text += fmt::format("{} {} ", name, value);
  return text;
}

/// What accounts tell of each scheme, by the audit's words.
void AddSchemes(const Figures& figures, Figures& totals) {
  static const std::map<std::string, std::string> kWords = {
      {"issued", "granted"}, {"transit", "moved"}, {"claim", "owed"}, {"holder", "outstanding"}};
  std::map<std::string, std::map<std::string, std::int64_t>> schemes;
  constexpr std::string_view kHead = "account points/";
  for (const auto& [name, value] : figures) {
    if (!name.starts_with(kHead)) continue;
    std::istringstream path{name.substr(kHead.size())};
    std::string scheme;
    std::string account_class;
    std::getline(path, scheme, '/') && std::getline(path, account_class, '/');
    std::istringstream sums{value};
    std::int64_t debit = 0;
    std::int64_t credit = 0;
    sums >> debit >> credit;
    const auto word = kWords.find(account_class);
    schemes[scheme][word == kWords.end() ? account_class : word->second] +=
        GrowsByDebit(account_class) ? debit - credit : credit - debit;
  }
  for (const auto& [scheme, sums] : schemes)
    if (!TextOf(sums).empty()) totals["scheme " + scheme] = TextOf(sums);
}

void AddSchemes(const std::vector<audit::SchemeTotal>& schemes, Figures& totals) {
  for (const audit::SchemeTotal& one : schemes) {
    const std::string text = TextOf({{"granted", one.granted.value()},
                                     {"redeemed", one.redeemed.value()},
                                     {"expired", one.expired.value()},
                                     {"deducted", one.deducted.value()},
                                     {"forfeited", one.forfeited.value()},
                                     {"donated", one.donated.value()},
                                     {"moved", one.moved.value()},
                                     {"owed", one.owed.value()},
                                     {"outstanding", one.outstanding.value()}});
    if (!text.empty()) totals["scheme " + one.scheme] = text;
  }
}

/// What the ledger takes, and a named test is there to find.
bool IsMeantToBeFound(const audit::CheckFinding& finding) {
  constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
      {"p-hours", "serves while serving already"}, {"p-hours", "while being at"},
      {"p-hours", "serves more than a day"},       {"p-house", "made use of the membership"},
      {"p-cashout", "is registered as no vendor"}, {"p-lots", "stands for another move"},
  };
  return std::ranges::any_of(kMeant, [&](const auto& meant) {
    return finding.check == meant.first && finding.text.find(meant.second) != std::string::npos;
  });
}

}  // namespace

Expected ExpectedOf(const std::string& name, const opinion::Book& book,
                    const Hash32& schema_digest) {
  Expected expected{name, {}, {}, opinion::FiguresOf(book.state()), 0};
  bytes::EntryWriter writer{bytes::SchemaUse{schema::kSchemaVersion, schema_digest.bytes}};
  for (const opinion::Json& entry : book.entries()) {
    expected.entries.push_back(writer.Encode(entry));
    expected.leaves.push_back(bytes::LeafHash(expected.entries.back()));
    expected.events += EventsIn(expected.entries.back());
  }
  return expected;
}

std::string JudgeLeaves(const Expected& expected, const std::vector<std::string>& acknowledged) {
  for (std::size_t i = 0; i < expected.leaves.size(); ++i) {
    if (i < acknowledged.size() && acknowledged[i] == ToHex(expected.leaves[i])) continue;
    return fmt::format("leaf of entry {}", i + 1);
  }
  return acknowledged.size() == expected.leaves.size() ? std::string{} : "a leaf too many";
}

std::string JudgeBytes(const Expected& expected, const std::vector<std::string>& stored) {
  const std::string difference = Entries(expected.entries, stored);
  return difference.empty() ? difference : "bytes: " + difference;
}

std::string JudgeReplay(const Expected& expected, const store::EventReader& reader, BookNo number,
                        bool decode_ahead) {
  replay::ReplayOptions options;
  options.until = Seq{expected.entries.size()};
  options.decode_ahead = decode_ahead;
  const auto replayed = replay::ReplayBook(reader, number, options);
  if (!replayed.ok()) return "replay: " + replayed.error().ToString();
  return JudgeReplayed(expected, *replayed);
}

std::string JudgeReplayed(const Expected& expected, const replay::ReplayedBook& replayed) {
  const std::string difference = opinion::Difference(FiguresOf(*replayed.state), expected.figures);
  if (!difference.empty()) return "replay: " + difference;
  if (ToHex(replayed.root.bytes) != RootText(expected.leaves)) return "replay: another root";
  if (replayed.events != expected.events) return "replay: another number of events";
  return {};
}

std::string JudgeExport(const Expected& expected, const std::filesystem::path& dir) {
  std::istringstream checkpoint{ReadFile(dir / "checkpoint")};
  std::string origin;
  std::string size;
  std::string root;
  std::getline(checkpoint, origin) && std::getline(checkpoint, size) &&
      std::getline(checkpoint, root);
  if (origin != "books.example/" + expected.name) return "export: origin " + origin;
  if (size != std::to_string(expected.entries.size())) return "export: size " + size;
  if (root != Base64(bytes::RootOf(expected.leaves))) return "export: root " + root;
  const std::string difference =
      Entries(expected.entries, BundledEntries(dir, expected.entries.size()));
  return difference.empty() ? difference : "export: " + difference;
}

std::string JudgeAudit(const Expected& expected, const audit::BookReport& report) {
  if (report.verdict != audit::Verdict::kVerified) {
    const bool found = !report.findings.empty();
    return "audit: not verified: " + (found ? report.findings[0].check : std::string{});
  }
  if (report.size != expected.entries.size()) return "audit: another size";
  if (report.commands != expected.entries.size()) return "audit: another number of commands";
  if (report.events != expected.events) return "audit: another number of events";
  if (ToHex(report.root.bytes) != RootText(expected.leaves)) return "audit: another root";
  Figures totals;
  for (const audit::FundTotal& fund : report.funds) {
    totals["fund " + fund.fund] = std::to_string(fund.balance.value());
  }
  for (const audit::AgreementTotal& one : report.agreements) {
    totals["agreement " + one.agreement] =
        fmt::format("{} {} {}", one.base.value(), one.due.value(), one.residue);
  }
  AddSchemes(report.schemes, totals);
  Figures figures;
  AddSchemes(expected.figures, figures);
  for (const auto& [name, value] : expected.figures) {
    if (name.starts_with("fund ")) figures[name] = value;
    if (!name.starts_with("agreement ")) continue;
    std::istringstream parts{value};  // B T r and more that the audit does not tell
    std::string b;
    std::string t;
    std::string r;
    parts >> b >> t >> r;
    figures[name] = fmt::format("{} {} {}", b, t, r);
  }
  const std::string difference = opinion::Difference(totals, figures);
  return difference.empty() ? difference : "audit: " + difference;
}

std::string JudgeChecks(const Expected& expected, const Result<audit::CheckReport>& report) {
  if (!report.ok()) return "checks: " + report.error().ToString();
  if (report->head_seq != expected.entries.size()) return "checks: another size";
  if (ToHex(report->head_root.bytes) != RootText(expected.leaves)) return "checks: another root";
  for (const audit::CheckFinding& finding : report->findings) {
    if (finding.severity != audit::Severity::kFailed || IsMeantToBeFound(finding)) continue;
    return fmt::format("checks: {} at {}: {}, expected {}, found {}", finding.check,
                       schema::ToText(finding.at), finding.text, finding.expected, finding.actual);
  }
  return {};
}

}  // namespace suanpan::test
