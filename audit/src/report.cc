#include "suanpan/audit/report.h"

namespace suanpan::audit {

std::string_view ToText(Verdict verdict) {
  switch (verdict) {
    case Verdict::kVerified:
      return "verified";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kUndecided:
      return "undecided";
  }
  return "undecided";
}

std::string_view ToText(Severity severity) {
  switch (severity) {
    case Severity::kFailed:
      return "failed";
    case Severity::kUndecided:
      return "undecided";
    case Severity::kNote:
      return "note";
  }
  return "undecided";
}

std::string_view ToText(StepResult result) {
  switch (result) {
    case StepResult::kOk:
      return "ok";
    case StepResult::kFailed:
      return "failed";
    case StepResult::kUndecided:
      return "not decidable";
    case StepResult::kNotAsked:
      return "not asked";
  }
  return "not decidable";
}

int ExitCode(Verdict verdict) {
  switch (verdict) {
    case Verdict::kVerified:
      return 0;
    case Verdict::kFailed:
      return 1;
    case Verdict::kUndecided:
      return 3;
  }
  return 3;
}

}  // namespace suanpan::audit
