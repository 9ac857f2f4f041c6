// What `flatc --conform` does not notice: the released fields, structs and enum values are all
// still there, with the same ids, names, types, offsets and defaults.

#include <flatbuffers/idl.h>
#include <flatbuffers/reflection.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "suanpan/proof/sha256.h"
#include "suanpan/schema/schema_files.h"

namespace suanpan::schema {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Name and ids of the type that a field has, in words that do not depend on positions.
std::string TypeText(const reflection::Schema& schema, const reflection::Type& type) {
  std::string text = std::to_string(type.base_type()) + "/" + std::to_string(type.element()) + "/" +
                     std::to_string(type.fixed_length());
  const bool object = type.base_type() == reflection::Obj || type.element() == reflection::Obj;
  if (type.index() < 0) return text;
  const auto index = static_cast<unsigned>(type.index());
  return text + " " +
         (object ? schema.objects()->Get(index)->name() : schema.enums()->Get(index)->name())
             ->str();
}

std::string FieldText(const reflection::Schema& schema, const reflection::Field& field) {
  std::ostringstream text;
  text << field.id() << " " << field.name()->str() << " at " << field.offset() << " type "
       << TypeText(schema, *field.type()) << " default " << field.default_integer() << " "
       << field.default_real() << (field.optional() ? " optional" : "")
       << (field.required() ? " required" : "");
  return text.str();
}

using Differences = std::vector<std::string>;

void CompareObject(const reflection::Schema& old_schema, const reflection::Object& old_object,
                   const reflection::Schema& schema, Differences& differences) {
  const std::string name = old_object.name()->str();
  const auto* object = schema.objects()->LookupByKey(name.c_str());
  if (object == nullptr) return differences.push_back(name + " is gone");
  if (object->is_struct() != old_object.is_struct() ||
      (object->is_struct() && (object->bytesize() != old_object.bytesize() ||
                               object->fields()->size() != old_object.fields()->size()))) {
    differences.push_back(name + " has another shape");
  }
  for (const reflection::Field* old_field : *old_object.fields()) {
    const auto* field = object->fields()->LookupByKey(old_field->name()->c_str());
    const std::string path = name + "." + old_field->name()->str();
    if (field == nullptr) {
      differences.push_back(path + " is gone");
    } else if (FieldText(schema, *field) != FieldText(old_schema, *old_field)) {
      differences.push_back(path + ": " + FieldText(old_schema, *old_field) + " became " +
                            FieldText(schema, *field));
    }
  }
}

void CompareEnum(const reflection::Enum& old_type, const reflection::Schema& schema,
                 Differences& differences) {
  const std::string name = old_type.name()->str();
  const auto* type = schema.enums()->LookupByKey(name.c_str());
  if (type == nullptr) return differences.push_back(name + " is gone");
  for (const reflection::EnumVal* old_value : *old_type.values()) {
    const auto* value = type->values()->LookupByKey(old_value->value());
    if (value == nullptr || value->name()->str() != old_value->name()->str()) {
      differences.push_back(name + " has no " + old_value->name()->str() + " any more");
    }
  }
}

/// How a schema breaks with an older one, both compiled; empty where all is still there.
Differences Compare(const void* old_bytes, const void* bytes) {
  const reflection::Schema& old_schema = *reflection::GetSchema(old_bytes);
  const reflection::Schema& schema = *reflection::GetSchema(bytes);
  Differences differences;
  for (const reflection::Object* object : *old_schema.objects()) {
    CompareObject(old_schema, *object, schema, differences);
  }
  for (const reflection::Enum* type : *old_schema.enums()) CompareEnum(*type, schema, differences);
  return differences;
}

TEST(SchemaEvolution, EverythingReleasedIsStillThereUnchanged) {
  const std::string released = ReadFile(SUANPAN_RELEASED_BFBS);
  ASSERT_GE(reflection::GetSchema(released.data())->objects()->size(), 27U);
  EXPECT_EQ(Compare(released.data(), SchemaFiles().front().compiled.data()), Differences{});
}

/// The released text with one change, compared with the released one.
Differences AfterChange(const std::string& from, const std::string& to) {
  std::string text = ReadFile(SUANPAN_SOURCE_DIR "/tests/compat/released/suanpan.fbs");
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  flatbuffers::Parser parser;
  EXPECT_TRUE(parser.Parse(text.c_str())) << parser.error_;
  parser.Serialize();
  const std::string released = ReadFile(SUANPAN_RELEASED_BFBS);
  return Compare(released.data(), parser.builder_.GetBufferPointer());
}

TEST(SchemaEvolution, AChangeOfWhatIsReleasedIsFound) {
  EXPECT_EQ(AfterChange("namespace", "namespace"), Differences{});
  const auto first = [](const std::string& from, const std::string& to) {
    const Differences found = AfterChange(from, to);
    return found.empty() ? std::string{} : found.front().substr(0, found.front().find(':'));
  };
  EXPECT_EQ(first("utc_offset_minutes:short = null", "utc_offset_minutes:short = 5"),
            "suanpan.fbs.BookOpened.utc_offset_minutes")
      << "a default";
  EXPECT_EQ(first("matter:uint = null (id: 16);", ""), "suanpan.fbs.AgreementSigned.matter is gone")
      << "the last field";
  EXPECT_EQ(first("terms_days:ushort", "days:ushort"),
            "suanpan.fbs.AgreementSigned.terms_days is gone")
      << "a name";
  EXPECT_EQ(first("signed_on:ushort", "signed_on:uint"), "suanpan.fbs.AgreementSigned.signed_on")
      << "a type";
  EXPECT_EQ(first("catch_up = 3", "caught_up = 3"),
            "suanpan.fbs.AccrualReason has no catch_up any more")
      << "a value of an enum";
}

TEST(SchemaEvolution, TheDigestOfThisVersionIsTheRecordedOne) {
  std::ifstream file{SUANPAN_SOURCE_DIR "/tests/compat/released/digests.txt"};
  std::uint32_t version = 0;
  std::uint32_t last = 0;
  std::string digest;
  while (file >> version >> digest) {
    EXPECT_EQ(version, last + 1) << "the table only grows, by one version at a time";
    last = version;
  }
  EXPECT_EQ(last, kSchemaVersion);
  EXPECT_EQ(digest, ToHex(proof::Sha256(SchemaFiles().front().compiled).bytes))
      << "a changed schema is a new kSchemaVersion with its own line in digests.txt";
}

}  // namespace
}  // namespace suanpan::schema
