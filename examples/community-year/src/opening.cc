#include <array>
#include <string_view>

#include "desks.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kOpening = 6 * kSecondsPerHour + 1800;  // before the first stall opens

class Opening {
 public:
  explicit Opening(Station& station) : station_(station), json_(station.writer.json()) {}

  Status Write() {
    SUANPAN_RETURN_IF_ERROR(WriteBook());
    SUANPAN_RETURN_IF_ERROR(WriteFund());
    SUANPAN_RETURN_IF_ERROR(WriteParties());
    for (std::uint32_t vendor = 0; vendor < station_.stalls.size(); ++vendor) {
      SUANPAN_RETURN_IF_ERROR(WriteAgreement(vendor));
    }
    return {};
  }

 private:
  void Begin(std::string_view kind) {
    second_ += 5;
    station_.writer.BeginFact(kind, second_, station_.accountant);
  }
  Status End() { return station_.writer.EndFact(0); }

  Status WriteBook() {
    Begin("book.opened");
    json_.Field("label", CommunityLabel(station_.index)).Field("utc_offset_minutes", 480);
    json_.Field("unit", station_.unit).Field("level", "community").Field("host", station_.host);
    return End();
  }

  Status WriteFund() {
    Begin("fund.opened");
    json_.Field("fund", station_.fund);
    json_.Field("label", CommunityLabel(station_.index) + "慈善公益基金");
    json_.Field("host", station_.host).Name("bank_accounts").Open('[').Text(kBankAccount);
    json_.Close(']').Field("default_pot", kGrantPot);
    json_.Name("restriction").Open('{').Field("class", "restricted").Name("purposes").Open('[');
    std::string_view last;
    for (const Payee& payee : station_.payees) {
      if (payee.purpose != last) json_.Text(payee.purpose);
      last = payee.purpose;
    }
    if (!station_.households.empty()) json_.Text(kRewardsPurpose);
    json_.Close(']').Close('}');
    return End();
  }

  Status WriteParty(std::string_view ref, std::string_view type, std::string_view label) {
    Begin("party.registered");
    json_.Field("party", ref).Field("party_type", type);
    if (!label.empty()) json_.Field("label", label);
    return End();
  }

  Status WriteParties() {
    const std::string station_ref = "u-" + BookName(station_.index) + "-station";
    SUANPAN_RETURN_IF_ERROR(
        WriteParty(station_ref, "unit", CommunityLabel(station_.index) + "创益驿站"));
    for (const std::string* person :
         {&station_.accountant, &station_.supervisor, &station_.worker}) {
      SUANPAN_RETURN_IF_ERROR(WriteParty(*person, "person", ""));
    }
    for (const std::string& cashier : station_.cashiers) {
      SUANPAN_RETURN_IF_ERROR(WriteParty(cashier, "person", ""));
    }
    SUANPAN_RETURN_IF_ERROR(WriteParty(station_.authority, "organisation", "街道办事处"));
    for (const Payee& payee : station_.payees) {
      SUANPAN_RETURN_IF_ERROR(WriteParty(payee.ref, "organisation", payee.label));
    }
    for (const Stall& stall : station_.stalls) {
      SUANPAN_RETURN_IF_ERROR(WriteParty(stall.ref, "vendor", ""));
    }
    return {};
  }

  Status WriteAgreement(std::uint32_t vendor) {
    const Stall& stall = station_.stalls[vendor];
    const Terms& terms = *stall.terms;
    constexpr std::array<std::string_view, 4> kSigned = {"2024-12-18", "2024-12-20", "2024-12-25",
                                                         "2024-12-30"};
    Begin("agreement.signed");
    json_.Field("agreement", stall.agreement).Field("agreement_type", "donation_share");
    json_.Field("party", stall.ref).Field("signed_on", kSigned[vendor % kSigned.size()]);
    json_.Field("valid_from", "2025-01-01");
    if (terms.settlement == Settlement::kEnd) json_.Field("valid_to", "2025-12-31");
    json_.Field("fund", station_.fund);
    json_.Field("basis", terms.base == Base::kRevenue ? "revenue" : "profit");
    json_.Rate("rate", terms.rate_n, terms.rate_m);
    json_.Field("loss_policy", ToText(terms.loss_policy));
    json_.Field("settlement", ToText(terms.settlement));
    if (terms.base == Base::kPerLine) json_.Field("cost_method", "per_line");
    if (terms.base == Base::kStandardMargin) {
      json_.Field("cost_method", "standard_margin").Rate("margin", 3, 10);
    }
    if (terms.base != Base::kRevenue && vendor % 2 == 0) {
      json_.Name("cost_kinds").Open('[').Text("goods").Text("materials").Close(']');
    }
    json_.Field("terms_days", 15);
    return End();
  }

  Station& station_;
  JsonText& json_;
  YearSecond second_ = kOpening;
};

}  // namespace

Status WriteOpening(Station& station) { return Opening(station).Write(); }

}  // namespace suanpan::community_year
