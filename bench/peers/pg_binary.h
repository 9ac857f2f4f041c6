#pragma once

// The binary forms of values, arrays and rows that PostgreSQL reads: no text is formatted by the
// client or parsed by the server.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

#include "peers/plain_log.h"
#include "suanpan/base/bytes.h"

namespace suanpan::bench {

inline constexpr std::int32_t kPgInt2 = 21;
inline constexpr std::int32_t kPgInt4 = 23;
inline constexpr std::int32_t kPgInt8 = 20;
inline constexpr std::int32_t kPgBytea = 17;

template <class T>
void AppendPgInt(std::string& out, T value) {
  AppendBig(out, static_cast<std::make_unsigned_t<T>>(value));
}

template <class T>
[[nodiscard]] std::string PgInt(T value) {
  std::string bytes;
  AppendPgInt(bytes, value);
  return bytes;
}

inline void AppendPgField(std::string& out, std::string_view bytes) {
  AppendPgInt(out, static_cast<std::int32_t>(bytes.size()));
  out += bytes;
}

[[nodiscard]] inline std::string_view TextOf(const std::array<std::uint8_t, 16>& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

/// A one-dimensional array without nulls.
class PgArray {
 public:
  explicit PgArray(std::int32_t element) : element_(element) {}

  void Add(std::string_view bytes) {
    AppendPgField(elements_, bytes);
    ++count_;
  }
  [[nodiscard]] std::string Finish() const {
    std::string bytes;
    for (const std::int32_t word : {std::int32_t{count_ == 0 ? 0 : 1}, std::int32_t{0}, element_})
      AppendPgInt(bytes, word);
    if (count_ != 0) {
      AppendPgInt(bytes, count_);
      AppendPgInt(bytes, std::int32_t{1});  // index of the first
    }
    return bytes + elements_;
  }

 private:
  std::int32_t element_;
  std::int32_t count_ = 0;
  std::string elements_;
};

/// What COPY ... (FORMAT BINARY) reads.
class PgRows {
 public:
  PgRows() : bytes_("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", 19) {}

  void Add(std::initializer_list<std::string_view> fields) {
    AppendPgInt(bytes_, static_cast<std::int16_t>(fields.size()));
    for (const std::string_view field : fields) AppendPgField(bytes_, field);
  }
  [[nodiscard]] const std::string& Finish() {
    AppendPgInt(bytes_, std::int16_t{-1});
    return bytes_;
  }

 private:
  std::string bytes_;
};

/// What some entries add to the balances, as two arrays of the same length.
struct PgSums {
  std::string accounts;
  std::string amounts;
};
[[nodiscard]] inline PgSums BalanceArrays(const PlainLog& log, std::size_t begin, std::size_t end) {
  PgArray accounts{kPgInt4};
  PgArray amounts{kPgInt8};
  for (const PlainPosting& sum : SumsOf(log, begin, end)) {
    accounts.Add(PgInt(static_cast<std::int32_t>(sum.account)));
    amounts.Add(PgInt(sum.amount));
  }
  return {accounts.Finish(), amounts.Finish()};
}

}  // namespace suanpan::bench
