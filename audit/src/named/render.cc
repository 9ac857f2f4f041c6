#include <fmt/format.h>

#include <iterator>

#include "suanpan/audit/check.h"
#include "suanpan/report/display_width.h"
#include "suanpan/schema/field_types.h"
#include "suanpan/schema/json_text.h"

namespace suanpan::audit {
namespace {

using report::Cell;
using report::Document;
using schema::JsonText;

std::string Text(std::string_view view) { return std::string{view}; }

std::string AddressText(Address at) { return at.none() ? std::string{} : schema::ToText(at); }

void WriteFindings(JsonText& json, const CheckReport& report) {
  json.Key("findings");
  json.BeginArray();
  for (const CheckFinding& finding : report.findings) {
    json.BeginObject();
    json.Field("check", finding.check);
    json.Field("severity", ToText(finding.severity));
    json.Key("seq");
    if (finding.at.none()) {
      json.Raw("null");
    } else {
      json.Number(finding.at.seq().value());
    }
    json.Key("at");
    if (finding.at.none()) {
      json.Raw("null");
    } else {
      json.String(schema::ToText(finding.at));
    }
    json.Field("expected", finding.expected);
    json.Field("actual", finding.actual);
    json.Field("text", finding.text);
    json.EndObject();
  }
  json.EndArray();
}

std::string RenderJson(const CheckReport& report) {
  std::string out;
  JsonText json{out};
  json.BeginObject();
  json.Field("report", "check");
  json.Field("book", report.book);
  json.Key("head_seq");
  json.Number(report.head_seq);
  json.Field("head_root", ToHex(report.head_root.bytes));
  json.Key("checks");
  json.BeginArray();
  for (const CheckCount& count : report.counts) {
    json.BeginObject();
    json.Field("check", count.check);
    json.Key("number");
    json.Number(count.number);
    json.Key("looked_at");
    json.Number(count.looked_at);
    json.Field("looked_at_what", count.looked_at_what);
    json.Key("findings");
    json.Number(count.findings);
    json.EndObject();
  }
  json.EndArray();
  WriteFindings(json, report);
  json.EndObject();
  out += '\n';
  return out;
}

void AppendFinding(std::string& out, const CheckFinding& finding) {
  // Names in it may come from a forged log.
  const auto shown = [](const std::string& text) { return report::TerminalText(text); };
  fmt::format_to(std::back_inserter(out), "{} {}", ToText(finding.severity), finding.check);
  if (!finding.at.none())
    fmt::format_to(std::back_inserter(out), " event {}", schema::ToText(finding.at));
  fmt::format_to(std::back_inserter(out), ": {}\n", shown(finding.text));
  if (!finding.expected.empty()) out += "    expected " + shown(finding.expected) + "\n";
  if (!finding.actual.empty()) out += "    found    " + shown(finding.actual) + "\n";
}

std::string RenderText(const CheckReport& report) {
  std::string out;
  for (const CheckFinding& finding : report.findings) AppendFinding(out, finding);
  if (!out.empty()) out += '\n';
  Document table;
  table.head = {{"book", report.book},
                {"head_seq", report.head_seq},
                {"head_root", ToHex(report.head_root.bytes)}};
  table.columns = {{"number", "no"},
                   {"check", "check"},
                   {"looked_at", "looked at"},
                   {"looked_at_what", ""},
                   {"findings", "findings"}};
  for (const CheckCount& count : report.counts) {
    table.rows.push_back({std::uint64_t{count.number}, Text(count.check), count.looked_at,
                          Text(count.looked_at_what), count.findings});
  }
  return out + report::RenderText(table);
}

/// A record is the count of a test, or a finding: each has some of the columns.
std::string RenderCsv(const CheckReport& report) {
  Document table;
  for (const std::string_view name :
       {"record", "number", "check", "looked_at", "findings", "severity", "at", "expected",
        "actual", "text", "book", "head_seq", "head_root"}) {
    table.columns.push_back({Text(name), {}});
  }
  const std::string root = ToHex(report.head_root.bytes);
  for (const CheckCount& count : report.counts) {
    table.rows.push_back({Text("check"), std::uint64_t{count.number}, Text(count.check),
                          count.looked_at, count.findings, Cell{}, Cell{}, Cell{}, Cell{}, Cell{},
                          report.book, report.head_seq, root});
  }
  for (const CheckFinding& finding : report.findings) {
    table.rows.push_back({Text("finding"), Cell{}, Text(finding.check), Cell{}, Cell{},
                          Text(ToText(finding.severity)), AddressText(finding.at), finding.expected,
                          finding.actual, finding.text, report.book, report.head_seq, root});
  }
  return report::RenderCsv(table);
}

}  // namespace

std::string RenderChecks(const CheckReport& report, report::Format format) {
  switch (format) {
    case report::Format::kJson:
      return RenderJson(report);
    case report::Format::kCsv:
      return RenderCsv(report);
    case report::Format::kText:
      break;
  }
  return RenderText(report);
}

}  // namespace suanpan::audit
