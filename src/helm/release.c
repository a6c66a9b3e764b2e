/* SPDX-License-Identifier: Apache-2.0 */
/* Compresses as Helm does, and counts; the only user of zlib's compression. */
#include "helm/release.h"

#include <stdbool.h>
#include <zlib.h>

enum {
	PART = 16384,                 /* bytes at a time */
	ESCAPED = 6,                  /* bytes that one may become in JSON */
	GZIP = 16,                    /* added to the window's size: gzip's frame */
	WINDOW = 15,
	MEMORY = 8,
};

/* as encoding/json of Go writes it: <, > and & too are escaped */
static size_t
escape(unsigned char *out, struct str s)
{
	static const char digits[] = "0123456789abcdef";
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t') {
			out[n++] = '\\';
			out[n++] = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c;
		} else if (c < ' ' || c == '<' || c == '>' || c == '&') {
			out[n++] = '\\';
			out[n++] = 'u';
			out[n++] = '0';
			out[n++] = '0';
			out[n++] = (unsigned char)digits[c >> 4];
			out[n++] = (unsigned char)digits[c & 15];
		} else {
			out[n++] = c;
		}
	}
	return n;
}

/* compressed bytes; 0 where there is no memory for it */
static size_t
compressed(struct str text, int level, int strategy)
{
	unsigned char in[PART * ESCAPED], out[PART];
	z_stream z = { 0 };
	size_t n = 0;
	int state = Z_OK;

	if (deflateInit2(&z, level, Z_DEFLATED, WINDOW + GZIP, MEMORY, strategy) != Z_OK) {
		return 0;
	}
	for (size_t at = 0; state != Z_STREAM_END; at += PART) {
		z.next_in = in;
		z.avail_in = (unsigned)escape(in, str_slice(text, at, at + PART));
		do {
			z.next_out = out;
			z.avail_out = PART;
			state = deflate(&z, at + PART >= text.n ? Z_FINISH : Z_NO_FLUSH);
			n += PART - z.avail_out;
		} while (z.avail_out == 0 && state != Z_STREAM_END);
	}
	deflateEnd(&z);
	return n;
}

static size_t
base64(size_t n)
{
	return (n + 2) / 3 * 4;
}

size_t
release_size(struct str manifests)
{
	size_t best, filtered;

	/* the fast way first: it seldom compresses better */
	if (base64(manifests.n) <= RELEASE_SECRET_BYTES
		|| base64(compressed(manifests, Z_BEST_SPEED, Z_DEFAULT_STRATEGY)) <= RELEASE_SECRET_BYTES) {
		return 0;
	}
	/* Go's own compression is within a hundredth of the better of two of zlib's, measured on real releases */
	best = compressed(manifests, Z_BEST_COMPRESSION, Z_DEFAULT_STRATEGY);
	filtered = compressed(manifests, Z_BEST_COMPRESSION, Z_FILTERED);
	best = filtered < best ? filtered : best;
	return base64(best - best / 100);
}
