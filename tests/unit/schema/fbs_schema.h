#pragma once

// The compiled schema, and structs of the code compared with those in it.

#include <flatbuffers/reflection.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "suanpan/schema/schema_files.h"

namespace suanpan::schema {

inline const reflection::Schema& Schema() {
  return *reflection::GetSchema(SchemaFiles().front().compiled.data());
}

inline const reflection::Object* ObjectOf(std::string_view name) {
  return Schema().objects()->LookupByKey(("suanpan.fbs." + std::string{name}).c_str());
}

/// A member of a struct of the code, by its name in the schema.
struct Member {
  std::string_view name;
  std::size_t offset;
  std::size_t size;
};
#define MEMBER(type, member, name) \
  Member { name, offsetof(type, member), sizeof(type::member) }

/// A struct of the schema has these members where the code has them, and no byte without a name.
inline void ExpectStruct(std::string_view name, std::size_t size, std::vector<Member> members) {
  const reflection::Object* object = ObjectOf(name);
  ASSERT_NE(object, nullptr) << name;
  EXPECT_TRUE(object->is_struct()) << name;
  EXPECT_EQ(static_cast<std::size_t>(object->bytesize()), size) << name;
  ASSERT_EQ(object->fields()->size(), members.size()) << name;
  std::size_t end = 0;
  for (const Member& member : members) {
    const auto* field = object->fields()->LookupByKey(std::string{member.name}.c_str());
    ASSERT_NE(field, nullptr) << name << "." << member.name;
    EXPECT_EQ(field->offset(), member.offset) << name << "." << member.name;
    EXPECT_EQ(member.offset, end) << name << "." << member.name << ": bytes without a name";
    EXPECT_EQ(field->padding(), 0) << name << "." << member.name;
    end = member.offset + member.size;
  }
  EXPECT_EQ(end, size) << name;
}

}  // namespace suanpan::schema
