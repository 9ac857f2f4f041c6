// How the alliance begins: what a duty is, what it earns, what the points are good for, who the
// members are.

#include "src/desks.h"
#include "src/opening_desk.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kAllianceOpens = 6 * kSecondsPerHour + 55 * 60;  // before the households
constexpr std::int64_t kTowelGiftPieces = 160;
constexpr std::int64_t kTowelGiftFen = 95'000;  // no whole number of fen for a piece

class AllianceOpening : OpeningDesk {
 public:
  explicit AllianceOpening(Station& station) : OpeningDesk(station, kAllianceOpens) {}

  Status Write() {
    SUANPAN_RETURN_IF_ERROR(WritePlace());
    SUANPAN_RETURN_IF_ERROR(WriteDutyKind());
    SUANPAN_RETURN_IF_ERROR(Adopt({"duty", "earning", kAllianceScheme}, [this] { Earning(); }));
    SUANPAN_RETURN_IF_ERROR(Adopt({"ends-al", "expiry", kAllianceScheme}, [this] { Expiry(); }));
    SUANPAN_RETURN_IF_ERROR(
        Adopt({"shop-al", "price_list", kAllianceScheme}, [this] { Prices(); }));
    for (const AllianceMember& member : station_.alliance.members) {
      SUANPAN_RETURN_IF_ERROR(WriteMember(member));
    }
    return WriteTowels();
  }

 private:
  Status WritePlace() {
    Begin("place.registered", station_.accountant);
    json_.Field("place", station_.alliance.place).Field("place_type", "station");
    json_.Field("label", CommunityLabel(station_.index) + "创益驿站");
    return End();
  }

  Status WriteDutyKind() {
    BeginServiceKind(kDutyKind, "驿站值班");
    return End();
  }

  void Earning() {
    json_.Field("holder", "member").Name("items").Open('[').Open('{');
    json_.Field("service_kind", kDutyKind).Field("basis", "minutes");
    json_.Rate("rate", 1, kDutyMinutesPerPoint).Field("rounding", "cumulative");
    json_.Close('}').Close(']').Name("attest_steps").Open('[').Text("worker").Close(']');
  }
  /// Other than those of a household they last through the next year.
  void Expiry() { json_.Field("rule", "end_of_year").Field("n", 1); }
  void Prices() {
    json_.Name("rewards").Open('[').Open('{').Field("reward", kTowel);
    json_.Field("points", kTowelPoints).Field("supply", "stock").Field("item", kTowel);
    json_.Field("fund", station_.fund).Close('}');
    json_.Open('{').Field("reward", kRoom).Field("points", kRoomPoints);
    json_.Field("supply", "partner").Close('}').Close(']');
  }

  Status WriteMember(const AllianceMember& member) {
    Begin("party.registered", station_.worker);
    json_.Field("party", member.ref).Field("party_type", "member");
    json_.Field("class", member.member_class).Field("label", member.label);
    return End();
  }

  Status WriteTowels() {
    station_.alliance.towel_pieces += kTowelGiftPieces;
    Begin("goods.received", station_.worker);
    json_.Field("item", kTowel).Field("owner", station_.fund).Field("goods_class", "reward");
    json_.Field("quantity", kTowelGiftPieces).Field("value_fen", kTowelGiftFen);
    json_.Field("value_basis", "market").Field("funding", "gift");
    json_.Field("from", station_.payees.back().ref);
    return End();
  }
};

}  // namespace

Status WriteAllianceOpening(Station& station) {
  if (station.households.empty()) return {};
  return AllianceOpening(station).Write();
}

}  // namespace suanpan::community_year
