#pragma once

// A connection of libpq that closes itself.

#include <libpq-fe.h>

#include <charconv>
#include <memory>
#include <string>
#include <vector>

#include "suanpan/base/invariant.h"

namespace suanpan::bench {

using PgResult = std::unique_ptr<::PGresult, decltype(&::PQclear)>;

/// A session. Every failure stops the process.
class PgConnection {
 public:
  explicit PgConnection(const std::string& where) : conn_(::PQconnectdb(where.c_str())) {
    SUANPAN_INVARIANT(::PQstatus(conn_) == CONNECTION_OK, "{}", ::PQerrorMessage(conn_));
  }
  ~PgConnection() { ::PQfinish(conn_); }
  PgConnection(const PgConnection&) = delete;
  PgConnection& operator=(const PgConnection&) = delete;

  PgResult Execute(const char* sql) { return Checked(::PQexec(conn_, sql)); }
  void Prepare(const char* name, const char* sql) {
    Checked(::PQprepare(conn_, name, sql, 0, nullptr));
  }
  void Run(const char* name, const std::vector<std::string>& binary) {
    Send(name, binary);
    while (::PGresult* result = ::PQgetResult(conn_)) Checked(result);
  }
  /// The statement with each of the parameter lists, all in one pipeline, which is one transaction.
  void RunTogether(const char* name, const std::vector<std::vector<std::string>>& all) {
    Must(::PQenterPipelineMode(conn_));
    for (const std::vector<std::string>& binary : all) Send(name, binary);
    Must(::PQpipelineSync(conn_));
    for (std::size_t i = 0; i < all.size(); ++i)
      while (::PGresult* result = ::PQgetResult(conn_)) Checked(result);
    Checked(::PQgetResult(conn_), PGRES_PIPELINE_SYNC);
    Must(::PQexitPipelineMode(conn_));
  }
  void Copy(const char* sql, const std::string& rows) {
    Checked(::PQexec(conn_, sql), PGRES_COPY_IN);
    Must(::PQputCopyData(conn_, rows.data(), static_cast<int>(rows.size())));
    Must(::PQputCopyEnd(conn_, nullptr));
    while (::PGresult* result = ::PQgetResult(conn_)) Checked(result);
  }

 private:
  void Must(int done) { SUANPAN_INVARIANT(done == 1, "{}", ::PQerrorMessage(conn_)); }

  void Send(const char* name, const std::vector<std::string>& binary) {
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const std::string& value : binary) {
      values.push_back(value.data());
      lengths.push_back(static_cast<int>(value.size()));
    }
    const std::vector<int> formats(binary.size(), 1);
    Must(::PQsendQueryPrepared(conn_, name, static_cast<int>(binary.size()), values.data(),
                               lengths.data(), formats.data(), 1));
  }

  PgResult Checked(::PGresult* raw, ::ExecStatusType wanted = PGRES_COMMAND_OK) {
    PgResult result{raw, &::PQclear};
    const ::ExecStatusType status = ::PQresultStatus(raw);
    SUANPAN_INVARIANT(status == wanted || status == PGRES_TUPLES_OK, "{}", ::PQerrorMessage(conn_));
    return result;
  }

  ::PGconn* conn_;
};

/// A cell of a result in text form.
[[nodiscard]] inline std::int64_t NumberAt(const ::PGresult* result, int row, int column) {
  const std::string_view text{::PQgetvalue(result, row, column)};
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace suanpan::bench
