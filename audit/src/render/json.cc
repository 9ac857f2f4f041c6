#include <algorithm>
#include <map>

#include "src/render/points_figures.h"
#include "suanpan/audit/render.h"
#include "suanpan/schema/json_text.h"

namespace suanpan::audit {
namespace {

using schema::JsonText;

void WriteFunds(JsonText& json, const BookReport& book, const std::string* with_book) {
  for (const FundTotal& fund : book.funds) {
    json.BeginObject();
    if (with_book != nullptr) json.Field("origin", *with_book);
    json.Field("fund", fund.fund);
    json.Key("balance_fen");
    json.Amount(fund.balance.value());
    json.EndObject();
  }
}

void WriteAgreements(JsonText& json, const BookReport& book, const std::string* with_book) {
  for (const AgreementTotal& total : book.agreements) {
    json.BeginObject();
    if (with_book != nullptr) json.Field("origin", *with_book);
    json.Field("agreement", total.agreement);
    json.Key("base_fen");
    json.Amount(total.base.value());
    json.Key("due_fen");
    json.Amount(total.due.value());
    json.Key("residue");
    json.Number(total.residue);
    json.EndObject();
  }
}

void WriteSchemes(JsonText& json, const BookReport& book, const std::string* with_book) {
  for (const SchemeTotal& total : book.schemes) {
    json.BeginObject();
    if (with_book != nullptr) json.Field("origin", *with_book);
    json.Field("scheme", total.scheme);
    for (const PointsFigure& figure : kPointsFigures) {
      json.Key(figure.name);
      json.Amount((total.*figure.points).value());
    }
    json.EndObject();
  }
}

void WriteFindings(JsonText& json, const std::vector<Finding>& findings,
                   const std::string* with_book) {
  for (const Finding& finding : findings) {
    json.BeginObject();
    if (with_book != nullptr) json.Field("origin", *with_book);
    json.Field("check", finding.check);
    json.Field("severity", ToText(finding.severity));
    json.Key("seq");
    if (finding.seq == 0) {
      json.Raw("null");
    } else {
      json.Number(finding.seq);
    }
    json.Field("expected", finding.expected);
    json.Field("actual", finding.actual);
    json.Field("text", finding.text);
    json.EndObject();
  }
}

void WriteSteps(JsonText& json, const std::vector<Step>& steps) {
  json.Key("steps");
  json.BeginArray();
  for (const Step& step : steps) {
    json.BeginObject();
    json.Field("step", step.step);
    json.Field("result", ToText(step.result));
    json.Key("seconds");
    if (step.micros) {
      json.Raw(fmt::format("{}.{:06}", *step.micros / 1'000'000, *step.micros % 1'000'000));
    } else {
      json.Raw("null");
    }
    json.EndObject();
  }
  json.EndArray();
}

/// The head of a book; null where its checkpoint could not be read, and for several books at once.
void WriteHead(JsonText& json, const BookReport* book) {
  if (book == nullptr || !book->has_head()) {
    for (const std::string_view key : {"origin", "size", "root", "checkpoint", "schemas"}) {
      json.Key(key);
      json.Raw("null");
    }
    return;
  }
  json.Field("origin", book->origin);
  json.Key("size");
  json.Number(book->size);
  json.Field("root", ToHex(book->root.bytes));
  json.Field("checkpoint", book->checkpoint);
  json.Key("schemas");
  json.BeginArray();
  for (const std::string& schema : book->schemas) json.String(schema);
  json.EndArray();
}

void WriteBook(JsonText& json, const BookReport& book) {
  json.BeginObject();
  json.Field("folder", book.folder);
  json.Field("verdict", ToText(book.verdict));
  WriteHead(json, &book);
  json.Key("events");
  json.Number(book.events);
  json.Key("commands");
  json.Number(book.commands);
  json.Key("funds");
  json.BeginArray();
  WriteFunds(json, book, nullptr);
  json.EndArray();
  json.Key("agreements");
  json.BeginArray();
  WriteAgreements(json, book, nullptr);
  json.EndArray();
  json.Key("schemes");
  json.BeginArray();
  WriteSchemes(json, book, nullptr);
  json.EndArray();
  json.Key("findings");
  json.BeginArray();
  WriteFindings(json, book.findings, nullptr);
  json.EndArray();
  json.Key("findings_more");
  json.Number(book.findings_more);
  WriteSteps(json, book.steps);
  json.EndObject();
}

/// The steps of all books in one: the worst result, the sum of the times.
std::vector<Step> SumSteps(const VerifyReport& report) {
  const auto badness = [](StepResult result) {
    switch (result) {
      case StepResult::kNotAsked:
        return 0;
      case StepResult::kOk:
        return 1;
      case StepResult::kUndecided:
        return 2;
      case StepResult::kFailed:
        return 3;
    }
    return 3;
  };
  std::vector<Step> sum;
  for (const BookReport& book : report.books) {
    if (sum.empty()) {
      sum = book.steps;
      continue;
    }
    for (std::size_t i = 0; i < sum.size() && i < book.steps.size(); ++i) {
      if (badness(sum[i].result) < badness(book.steps[i].result)) {
        sum[i].result = book.steps[i].result;
      }
      if (sum[i].micros && book.steps[i].micros) *sum[i].micros += *book.steps[i].micros;
    }
  }
  return sum;
}

void WriteCounts(JsonText& json, const VerifyReport& report) {
  std::uint64_t events = 0;
  std::uint64_t commands = 0;
  for (const BookReport& book : report.books) {
    events += book.events;
    commands += book.commands;
  }
  json.Key("events");
  json.Number(events);
  json.Key("commands");
  json.Number(commands);
}

}  // namespace

std::string RenderJson(const VerifyReport& report) {
  std::string out;
  JsonText json{out};
  json.BeginObject();
  json.Field("verdict", ToText(report.verdict));
  const bool single = report.books.size() == 1;
  WriteHead(json, single ? &report.books[0] : nullptr);
  WriteCounts(json, report);
  const auto of_all = [&](std::string_view key, auto write) {
    json.Key(key);
    json.BeginArray();
    if (key == "findings") WriteFindings(json, report.findings, nullptr);
    for (const BookReport& book : report.books) write(book, single ? nullptr : &book.origin);
    json.EndArray();
  };
  of_all("funds", [&](const BookReport& book, const std::string* origin) {
    WriteFunds(json, book, origin);
  });
  of_all("agreements", [&](const BookReport& book, const std::string* origin) {
    WriteAgreements(json, book, origin);
  });
  of_all("schemes", [&](const BookReport& book, const std::string* origin) {
    WriteSchemes(json, book, origin);
  });
  of_all("findings", [&](const BookReport& book, const std::string* origin) {
    WriteFindings(json, book.findings, origin);
  });
  WriteSteps(json, SumSteps(report));
  json.Key("books");
  json.BeginArray();
  for (const BookReport& book : report.books) WriteBook(json, book);
  json.EndArray();
  json.EndObject();
  out.push_back('\n');
  return out;
}

}  // namespace suanpan::audit
