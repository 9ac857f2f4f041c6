#include "suanpan/schema/json_fields.h"

#include <charconv>
#include <iterator>

#include "suanpan/schema/account_key.h"
#include "suanpan/schema/refusal.h"

namespace suanpan::schema {

std::string ToText(Pot pot) {
  if (pot.none() || pot.pot_class > std::size(kPotClassWords) || pot.source == 0 ||
      pot.source > std::size(kPotSourceWords)) {
    return {};
  }
  std::string text{kPotClassWords[pot.pot_class - 1U]};
  text.push_back('/');
  return text.append(kPotSourceWords[pot.source - 1U]);
}

std::optional<Pot> ParsePot(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Pot pot;
  for (std::size_t i = 0; i < std::size(kPotClassWords); ++i) {
    if (kPotClassWords[i] == text.substr(0, slash))
      pot.pot_class = static_cast<std::uint8_t>(i + 1);
  }
  for (std::size_t i = 0; i < std::size(kPotSourceWords); ++i) {
    if (kPotSourceWords[i] == text.substr(slash + 1)) pot.source = static_cast<std::uint8_t>(i + 1);
  }
  if (pot.pot_class == 0 || pot.source == 0) return std::nullopt;
  return pot;
}

std::string ToText(Address address) {
  char text[32];
  char* to = text;
  if (IsLocal(address)) {
    *to++ = '#';
  } else {
    to = std::to_chars(to, std::end(text), address.seq().value()).ptr;
    *to++ = '.';
  }
  to = std::to_chars(to, std::end(text), address.line()).ptr;
  return {text, to};
}

namespace {

/// Decimal digits without sign or leading zero.
template <class T>
bool ParseDigits(std::string_view text, T& out) {
  if (text.empty() || (text.size() > 1 && text[0] == '0') || text[0] < '0' || text[0] > '9')
    return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::optional<Address> ParseAddress(std::string_view text, bool local_allowed) {
  std::uint16_t line = 0;
  if (local_allowed && !text.empty() && text[0] == '#') {
    if (!ParseDigits(text.substr(1), line)) return std::nullopt;
    return LocalAddress(line);
  }
  const std::size_t dot = text.find('.');
  std::uint64_t seq = 0;
  if (dot == std::string_view::npos || !ParseDigits(text.substr(0, dot), seq) ||
      !ParseDigits(text.substr(dot + 1), line) || seq == 0 || seq >= kLocalSeq) {
    return std::nullopt;
  }
  return Address{Seq{seq}, line};
}

void JsonFieldWriter::Digests(std::string_view label, std::span<const Hash32> digests,
                              std::size_t) {
  if (!Plain() || digests.empty()) return;
  json_.Key(label);
  json_.BeginArray();
  for (const Hash32& digest : digests) json_.String(ToHex(digest.bytes));
  json_.EndArray();
}

void JsonFieldWriter::Account(std::string_view label, std::uint8_t account_class, Pot pot,
                              NameId owner, NameId detail) {
  if (!Plain()) return;
  const AccountKey key{static_cast<AccountClass>(account_class), pot, owner, detail};
  json_.Field(label, PathOf(key, names_));
  json_.Field("unit", ToText(UnitOf(key.account_class)));
}

void JsonFieldWriter::Bytes(std::string_view label, std::string_view bytes, std::size_t) {
  if (Plain() && !bytes.empty()) json_.Field(label, ToHex(AsBytes(bytes)));
}

void JsonFieldWriter::WordSet(std::string_view label, std::uint8_t bits, Words words, Need) {
  if (!Plain() || bits == 0) return;
  json_.Key(label);
  json_.BeginArray();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if ((bits >> i & 1U) != 0) json_.String(words[i]);
  }
  json_.EndArray();
}

void JsonFieldWriter::Ratio(std::string_view label, Rate rate, RateLimit, Need) {
  if (!Plain() || rate.m == 0) return;
  json_.Key(label);
  json_.BeginObject();
  WriteNumber("n", rate.n);
  WriteNumber("m", rate.m);
  json_.EndObject();
}

void JsonFieldWriter::Names(std::string_view label, std::span<const NameId> list, Grammar,
                            std::size_t, Need) {
  if (!Plain() || list.empty()) return;
  json_.Key(label);
  json_.BeginArray();
  for (const NameId id : list) json_.String(names_.TextOf(id));
  json_.EndArray();
}

void JsonFieldWriter::Periods(std::string_view label, std::span<const Month> list, std::size_t) {
  if (!Plain() || list.empty()) return;
  json_.Key(label);
  json_.BeginArray();
  for (const Month month : list) json_.String(ToText(month));
  json_.EndArray();
}

void JsonFieldWriter::SourceDoc(NameId series, std::string_view number) {
  if (!Plain() || series.value() == 0) return;
  json_.Key("source_doc");
  json_.BeginObject();
  json_.Field("series", names_.TextOf(series));
  json_.Field("number", number);
  json_.EndObject();
}

void JsonFieldWriter::Irregular(std::uint64_t bits) {
  if (!Plain() || bits == 0) return;
  json_.Key("irregular");
  json_.BeginArray();
  for (unsigned bit = 0; bit < 64; ++bit) {
    if ((bits >> bit & 1U) == 0) continue;
    if (const std::optional<RefusalCode> code = IrregularCode(bit)) json_.String(ToText(*code));
  }
  json_.EndArray();
}

void JsonFieldWriter::WriteList(std::string_view label, std::span<const Address> list) {
  json_.Key(label);
  json_.BeginArray();
  for (const Address address : list) json_.String(ToText(address));
  json_.EndArray();
}

}  // namespace suanpan::schema
