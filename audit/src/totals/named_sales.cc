#include "src/totals/named_sales.h"

#include <algorithm>

#include "src/totals/wide_text.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

using schema::CostRecorded;
using schema::RefundLine;
using schema::RefundRecorded;
using schema::SaleLine;
using schema::SaleRecorded;

std::optional<NamedSales::Sale> NamedSales::Find(Address at, Address sale) {
  if (sale < at) {
    const Result<const schema::Event*> found = entries_.Find(sale);
    if (!found.ok()) {
      findings_.Doubt(kV7, "named_sale", at.seq().value(),
                      fmt::format("sale {} cannot be read again: {}", schema::ToText(sale),
                                  found.error().message()));
      return std::nullopt;
    }
    const schema::Event* event = *found;
    if (event != nullptr && event->kind->number == SaleRecorded::kKind) {
      return Sale{&event->As<SaleRecorded>(), event->common.period};
    }
  }
  findings_.Fail(kV7, "named_sale", at.seq().value(),
                 schema::ToText(sale) + " is no sale recorded before");
  return std::nullopt;
}

void NamedSales::Differ(Address at, std::string_view slug, std::string text, NameId expected,
                        NameId actual) {
  if (expected == actual) return;
  findings_.Fail(kV7, slug, at.seq().value(), std::move(text), NameOf(expected), NameOf(actual));
}

void NamedSales::CheckRefund(Address at, const RefundRecorded& refund, const Sale& sale) {
  Differ(at, "refund_vendor", "the sale that is refunded is another vendor's",
         sale.fact->fixed.vendor, refund.fixed.vendor);
  Differ(at, "refund_agreement", "the refund is booked under another agreement than its sale",
         sale.fact->fixed.agreement, refund.fixed.agreement);
  std::vector<bool> seen(sale.fact->lines.size(), false);
  for (const RefundLine& line : refund.lines) {
    const bool stated = schema::Has(line.flags, RefundLine::kSaleLineStated);
    if (line.sale_line >= seen.size() || seen[line.sale_line] || (!stated && seen.size() > 1)) {
      findings_.Fail(kV7, "refund_line", at.seq().value(),
                     "the refund names a line that its sale has not, the same twice, or none");
      continue;
    }
    seen[line.sale_line] = true;
    const SaleLine& sold = sale.fact->lines[line.sale_line];
    if (line.item.value() != 0) {
      Differ(at, "refund_line", "another item came back than the sold one", sold.item, line.item);
    }
    CheckLine(at, {refund.fixed.sale, line.sale_line}, sold, line);
  }
}

void NamedSales::CheckLine(Address at, const SaleLineKey& key, const SaleLine& sold,
                           const RefundLine& line) {
  Refunded& done = refunded_[key];
  const Wide quantity = Wide{done.quantity} + line.quantity.wide();
  const Wide amount = Wide{done.amount} + line.amount.wide();
  if (quantity > sold.quantity.wide() || amount > sold.amount.wide()) {
    findings_.Fail(kV7, "refund_exceeds_sale", at.seq().value(),
                   "more is refunded of a line than was sold",
                   fmt::format("{} pieces, {} fen", sold.quantity.value(), sold.amount.value()),
                   fmt::format("{} pieces, {} fen", quantity, amount));
    return;
  }
  // The refund that completes the line takes what is left of its cost.
  const bool last = quantity == sold.quantity.wide();
  const Wide share =
      last ? sold.cost.wide() - done.cost
           : FloorMulDiv(line.quantity.value(), sold.cost.wide(), sold.quantity.value());
  const auto compare = [&](std::string_view what, Fen actual) {
    if (actual.wide() == share) return;
    findings_.Fail(kV7, "refund_cost", at.seq().value(),
                   fmt::format("{} is not the share of the sold line's cost", what),
                   WideText(share), WideText(actual.wide()));
  };
  compare("pro_rata_fen", line.pro_rata);
  if (!schema::Has(line.flags, RefundLine::kCostStated)) compare("the default cost_fen", line.cost);
  done = {static_cast<std::int64_t>(quantity), static_cast<std::int64_t>(amount),
          done.cost + static_cast<std::int64_t>(share)};
}

void NamedSales::TakeBack(const RefundRecorded& refund) {
  if (refund.fixed.sale.none()) return;
  for (const RefundLine& line : refund.lines) {
    const auto done = refunded_.find({refund.fixed.sale, line.sale_line});
    if (done == refunded_.end()) continue;
    const auto less = [](std::int64_t sum, Wide part) {
      return NarrowWide(Wide{sum} - part).value_or(0);
    };
    done->second = {less(done->second.quantity, line.quantity.wide()),
                    less(done->second.amount, line.amount.wide()),
                    less(done->second.cost, line.pro_rata.wide())};
    if (done->second.quantity <= 0) refunded_.erase(done);
  }
}

void NamedSales::CheckRefundWithout(Address at, const RefundRecorded& refund) {
  const auto wrong = [](const RefundLine& line) {
    const bool stated = schema::Has(line.flags, RefundLine::kCostStated);
    return line.pro_rata.value() != 0 || (!stated && line.cost.value() != 0);
  };
  if (std::ranges::none_of(refund.lines, wrong)) return;
  findings_.Fail(kV7, "refund_cost", at.seq().value(),
                 "a refund that names no sale has a cost that nobody stated");
}

void NamedSales::CheckCost(Address at, const CostRecorded& cost, const Sale& sale, NameId vendor) {
  Differ(at, "cost_vendor", "the cost is of a sale by another vendor than the agreement's", vendor,
         sale.fact->fixed.vendor);
  if (sale.fact->fixed.agreement.value() != 0) {
    Differ(at, "cost_agreement", "the cost is booked under another agreement than its sale",
           sale.fact->fixed.agreement, cost.fixed.agreement);
  }
  const std::size_t lines = sale.fact->lines.size();
  const bool stated = schema::Has(cost.fixed.flags, CostRecorded::kSaleLineStated);
  if (cost.fixed.sale_line >= lines || (!stated && lines > 1)) {
    findings_.Fail(kV7, "cost_line", at.seq().value(),
                   "the cost names a line that its sale has not, or none");
  }
}

}  // namespace suanpan::audit
