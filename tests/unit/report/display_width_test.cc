#include "suanpan/report/display_width.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace suanpan::report {
namespace {

TEST(DisplayWidth, CountsTerminalColumns) {
  EXPECT_EQ(DisplayWidth(""), 0U);
  EXPECT_EQ(DisplayWidth("abc"), 3U);
  EXPECT_EQ(DisplayWidth("职中社区"), 8U);
  EXPECT_EQ(DisplayWidth("v-1 面包"), 8U);
  EXPECT_EQ(DisplayWidth("（）"), 4U) << "full-width punctuation";
  EXPECT_EQ(DisplayWidth("\xe3\x80\x80"), 2U) << "ideographic space";
  EXPECT_EQ(DisplayWidth("🎈"), 2U);
  EXPECT_EQ(DisplayWidth("e\xcc\x81"), 1U) << "e with a combining acute";
  EXPECT_EQ(DisplayWidth("\xc3\xa9"), 1U) << "the same as one character";
  EXPECT_EQ(DisplayWidth("𠮷"), 2U) << "beyond the basic plane";
}

TEST(DisplayWidth, CountsInvalidBytesOneEach) {
  EXPECT_EQ(DisplayWidth("a\xff\xfe"), 3U);
  EXPECT_EQ(DisplayWidth("\xe8\x81"), 2U) << "a character cut short";
}

TEST(Padding, FillsToTheWidthOnEitherSideAndNeverCuts) {
  EXPECT_EQ(PadRight("面包", 6), "面包  ");
  EXPECT_EQ(PadLeft("面包", 6), "  面包");
  EXPECT_EQ(PadRight("面包", 4), "面包");
  EXPECT_EQ(PadLeft("面包", 1), "面包");
  EXPECT_EQ(PadLeft("", 2), "  ");
}

TEST(FormatYuan, HasTwoDecimalsSeparatorsAndSign) {
  EXPECT_EQ(FormatYuan(0), "0.00");
  EXPECT_EQ(FormatYuan(5), "0.05");
  EXPECT_EQ(FormatYuan(-5), "-0.05") << "the sign is there though no yuan is";
  EXPECT_EQ(FormatYuan(99'999), "999.99");
  EXPECT_EQ(FormatYuan(100'000), "1,000.00");
  EXPECT_EQ(FormatYuan(-123'450), "-1,234.50");
  EXPECT_EQ(FormatYuan(99'999'999), "999,999.99");
  EXPECT_EQ(FormatYuan(100'000'000), "1,000,000.00");
}

TEST(FormatYuan, HoldsTheExtremesOf64Bits) {
  EXPECT_EQ(FormatYuan(std::numeric_limits<long long>::max()), "92,233,720,368,547,758.07");
  EXPECT_EQ(FormatYuan(std::numeric_limits<long long>::min()), "-92,233,720,368,547,758.08");
  EXPECT_EQ(FormatYuan(Wide{std::numeric_limits<long long>::max()} * 3),
            "276,701,161,105,643,274.21");
}

TEST(FormatCount, SeparatesThousands) {
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(1000), "1,000");
  EXPECT_EQ(FormatCount(std::numeric_limits<unsigned long long>::max()),
            "18,446,744,073,709,551,615");
}

TEST(TerminalText, LeavesWhatIsMeantToBeSeen) {
  for (const char* text : {"", "plain v-1", "职中社区慈善公益基金（试点）", "e\xcc\x81", "🎈",
                           "¥ 12.50", "ελληνικά", "עברית", "back\\slash"}) {
    EXPECT_EQ(TerminalText(text), text);
  }
}

TEST(TerminalText, WritesControlAndFormatCharactersAsEscapes) {
  EXPECT_EQ(TerminalText("\x1b[31mred"), "\\x1b[31mred");
  EXPECT_EQ(TerminalText("a\nb\tc\r"), "a\\x0ab\\x09c\\x0d");
  EXPECT_EQ(TerminalText(std::string("nul\0end", 7)), "nul\\x00end");
  EXPECT_EQ(TerminalText("\x7f"), "\\x7f");
  EXPECT_EQ(TerminalText("\xc2\x9b"
                         "31m"),
            "\\u009b31m")
      << "the one-character form of ESC [";
  EXPECT_EQ(TerminalText("v-1\xe2\x80\xae"
                         "gpj"),
            "v-1\\u202egpj")
      << "right-to-left override";
  EXPECT_EQ(TerminalText("\xe2\x81\xa6x\xe2\x81\xa9"), "\\u2066x\\u2069") << "isolates";
  EXPECT_EQ(TerminalText("\xe2\x80\x8f"), "\\u200f") << "right-to-left mark";
  EXPECT_EQ(TerminalText("a\xe2\x80\x8b"
                         "b"),
            "a\\u200bb")
      << "zero width space";
  EXPECT_EQ(TerminalText("\xef\xbb\xbf"), "\\ufeff") << "byte order mark";
  EXPECT_EQ(TerminalText("\xe2\x80\xa8"), "\\u2028") << "line separator";
  EXPECT_EQ(TerminalText("\xf3\xa0\x81\x81"), "\\U000e0041") << "a tag, invisible";
}

TEST(TerminalText, WritesBytesThatAreNoTextAsEscapes) {
  EXPECT_EQ(TerminalText("a\xff"), "a\\xff");
  EXPECT_EQ(TerminalText("\xc0\x9b"), "\\xc0\\x9b") << "an overlong form hides nothing";
  EXPECT_EQ(TerminalText("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "half of a surrogate pair";
  EXPECT_EQ(TerminalText("\xe8\x81"), "\\xe8\\x81");
}

TEST(TerminalText, ComesOutAsWideAsItIsCounted) {
  EXPECT_EQ(DisplayWidth(TerminalText("\x1b[2J职")), 9U);
}

}  // namespace
}  // namespace suanpan::report
