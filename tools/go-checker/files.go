// The directory: which files a log of a size has, and that it has no others.

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// read gives the bytes of a regular file of the export. It looks before it opens: a named pipe would
// wait for a writer, and what a link leads to is not part of the export.
func read(dir, name string) ([]byte, error) {
	file := filepath.Join(dir, filepath.FromSlash(name))
	info, err := os.Lstat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a regular file", name)
	}
	return os.ReadFile(file)
}

// path is a tile's file name: tlog's own names carry the height and call entries "data".
func path(t tlog.Tile) string {
	name := strings.TrimPrefix(t.Path(), "tile/8/")
	return "tile/" + strings.Replace(name, "data/", "entries/", 1)
}

// treeTiles lists the tiles of a tree: full ones and at most one partial one a level.
func treeTiles(size int64) (tiles []tlog.Tile) {
	for level, n := 0, size; n > 0; level, n = level+1, n>>height {
		for i := int64(0); i<<height < n; i++ {
			width := n - i<<height
			if width > 1<<height {
				width = 1 << height
			}
			tiles = append(tiles, tlog.Tile{H: height, L: level, N: i, W: int(width)})
		}
	}
	return tiles
}

// split takes a path apart into that of the full tile and the width.
func split(name string) (string, int) {
	cut := strings.LastIndex(name, ".p/")
	if cut < 0 {
		return name, 1 << height
	}
	width, err := strconv.Atoi(name[cut+3:])
	if err != nil || width < 1 || width >= 1<<height || strconv.Itoa(width) != name[cut+3:] {
		return name, 0
	}
	return name[:cut], width
}

// checkSurplus accepts a file of the tree's size, or of an earlier size that is a prefix of it.
func checkSurplus(dir, name string, widths map[string]int) error {
	surplus := fmt.Errorf("%s: surplus file", name)
	full, width := split(name)
	wide := widths[full]
	if width == 0 || width > wide {
		return surplus
	}
	if width == wide {
		return nil
	}
	if wide < 1<<height {
		full += ".p/" + strconv.Itoa(wide)
	}
	whole, err := read(dir, full)
	if err != nil {
		return err
	}
	part, err := read(dir, name)
	if err != nil {
		return err
	}
	if strings.HasPrefix(name, "tile/entries/") {
		_, err = entries(part, width)
	}
	tile := len(part) == width*tlog.HashSize || strings.HasPrefix(name, "tile/entries/")
	if err != nil || !tile || !bytes.HasPrefix(whole, part) {
		return surplus
	}
	return nil
}

// checkFiles finds files below tile/ that a log of this size does not have.
func checkFiles(dir string, tiles []tlog.Tile) error {
	widths := map[string]int{} // by the path of the full tile
	for _, t := range tiles {
		full, width := split(path(t))
		widths[full] = width
		if t.L == 0 {
			t.L = -1
			full, width = split(path(t))
			widths[full] = width
		}
	}
	root := filepath.Join(dir, "tile")
	if _, err := os.Lstat(root); os.IsNotExist(err) && len(tiles) == 0 {
		return nil
	}
	return filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, file)
		if err == nil && !entry.Type().IsRegular() {
			err = fmt.Errorf("%s: not a regular file", name)
		}
		if err != nil {
			return err
		}
		return checkSurplus(dir, filepath.ToSlash(name), widths)
	})
}
