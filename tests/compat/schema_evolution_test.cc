// What `flatc --conform` does not notice: the released fields, structs and enum values are all
// still there, with the same ids, names, types, offsets and defaults.

#include <flatbuffers/reflection.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

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

void ExpectStillThere(const reflection::Schema& old_schema, const reflection::Object& old_object,
                      const reflection::Schema& schema) {
  const auto* object = schema.objects()->LookupByKey(old_object.name()->c_str());
  ASSERT_NE(object, nullptr) << old_object.name()->str() << " is gone";
  EXPECT_EQ(object->is_struct(), old_object.is_struct());
  if (object->is_struct()) {
    EXPECT_EQ(object->bytesize(), old_object.bytesize()) << object->name()->str();
    EXPECT_EQ(object->fields()->size(), old_object.fields()->size()) << object->name()->str();
  }
  for (const reflection::Field* old_field : *old_object.fields()) {
    const auto* field = object->fields()->LookupByKey(old_field->name()->c_str());
    ASSERT_NE(field, nullptr) << object->name()->str() << "." << old_field->name()->str();
    EXPECT_EQ(FieldText(schema, *field), FieldText(old_schema, *old_field))
        << object->name()->str();
  }
}

void ExpectValuesStillThere(const reflection::Enum& old_type, const reflection::Schema& schema) {
  const auto* type = schema.enums()->LookupByKey(old_type.name()->c_str());
  ASSERT_NE(type, nullptr) << old_type.name()->str() << " is gone";
  for (const reflection::EnumVal* old_value : *old_type.values()) {
    const auto* value = type->values()->LookupByKey(old_value->value());
    ASSERT_NE(value, nullptr) << old_type.name()->str() << " " << old_value->name()->str();
    EXPECT_EQ(value->name()->str(), old_value->name()->str()) << old_type.name()->str();
  }
}

TEST(SchemaEvolution, EverythingReleasedIsStillThereUnchanged) {
  const std::string released = ReadFile(SUANPAN_RELEASED_BFBS);
  const reflection::Schema& old_schema = *reflection::GetSchema(released.data());
  const reflection::Schema& schema = *reflection::GetSchema(SchemaFiles().front().compiled.data());
  ASSERT_GE(old_schema.objects()->size(), 27U);
  for (const reflection::Object* object : *old_schema.objects()) {
    ExpectStillThere(old_schema, *object, schema);
  }
  for (const reflection::Enum* type : *old_schema.enums()) ExpectValuesStillThere(*type, schema);
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
