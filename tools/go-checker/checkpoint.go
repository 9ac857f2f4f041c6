// The checkpoint: its signature and the three lines of its text.

package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var strict = base64.StdEncoding.Strict()

// verifierFor gives the key for an origin: VKEY itself or, for NAME/book, the same key renamed.
func verifierFor(vkey, origin string) (note.Verifier, error) {
	v, err := note.NewVerifier(vkey)
	if err != nil || v.Name() == origin {
		return v, err
	}
	if !strings.HasPrefix(origin, v.Name()+"/") {
		return nil, fmt.Errorf("the origin %q does not belong to the key %q", origin, v.Name())
	}
	key, err := strict.DecodeString(strings.SplitN(vkey, "+", 3)[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 1 {
		return nil, fmt.Errorf("VKEY is not an Ed25519 key")
	}
	if vkey, err = note.NewEd25519VerifierKey(origin, key[1:]); err != nil {
		return nil, err
	}
	return note.NewVerifier(vkey)
}

// checkLines is stricter than note.Open, which skips repeated lines and respelled base64.
func checkLines(file, text string, v note.Verifier) error {
	for _, line := range strings.SplitAfter(file[len(text)+1:], "\n") {
		if line == "" {
			continue
		}
		field := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 3)
		raw, err := strict.DecodeString(field[2])
		if err != nil {
			return fmt.Errorf("a signature is not canonical base64")
		}
		mine := field[1] == v.Name() && binary.BigEndian.Uint32(raw) == v.KeyHash()
		if mine && !v.Verify([]byte(text), raw[4:]) {
			return fmt.Errorf("a repeated signature line does not verify")
		}
	}
	return nil
}

// openCheckpoint verifies the signature and reads the three lines of the text.
func openCheckpoint(dir, vkey string) (tlog.Tree, error) {
	var tree tlog.Tree
	file, err := read(dir, "checkpoint")
	if err != nil {
		return tree, err
	}
	v, err := verifierFor(vkey, strings.SplitN(string(file), "\n", 2)[0])
	if err != nil {
		return tree, err
	}
	n, err := note.Open(file, note.VerifierList(v))
	if err != nil {
		return tree, fmt.Errorf("checkpoint: %v", err)
	}
	if err := checkLines(string(file), n.Text, v); err != nil {
		return tree, fmt.Errorf("checkpoint: %v", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != v.Name() {
		return tree, fmt.Errorf("checkpoint: not exactly origin, size and root")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tree, fmt.Errorf("checkpoint: %q is not a size", lines[1])
	}
	root, err := strict.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, fmt.Errorf("checkpoint: %q is not a root", lines[2])
	}
	tree.N = size
	copy(tree.Hash[:], root)
	return tree, nil
}
