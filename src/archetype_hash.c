/* SPDX-License-Identifier: ISC */
/* The hashes that templates may ask for: MD5 (RFC 1321), SHA-1 and SHA-256
 * (FIPS 180-4). For names and ids; nothing here keeps a secret. */
#include <string.h>

#include "archetype_priv.h"

struct hash {
	uint32_t state[8];
	size_t words; /* of the state */
	bool little;  /* bytes of a word from the lowest */
	void (*block)(uint32_t *state, const uint32_t *w);
};

static uint32_t
left(uint32_t x, unsigned n)
{
	return x << n | x >> (32 - n);
}

static uint32_t
right(uint32_t x, unsigned n)
{
	return left(x, 32 - n);
}

static const uint32_t md5_k[64] = {0xd76aa478, 0xe8c7b756, 0x242070db,
    0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8,
    0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e,
    0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d,
    0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87,
    0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942,
    0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60,
    0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039,
    0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7,
    0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f,
    0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
    0xeb86d391};

static void
md5_block(uint32_t *s, const uint32_t *w)
{
	static const unsigned shifts[4][4] = {
	    {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
	uint32_t a = s[0], b = s[1], c = s[2], d = s[3], f, t;
	unsigned g;

	for (unsigned i = 0; i < 64; i++) {
		if (i < 16) {
			f = (b & c) | (~b & d);
			g = i;
		} else if (i < 32) {
			f = (d & b) | (~d & c);
			g = (5 * i + 1) % 16;
		} else if (i < 48) {
			f = b ^ c ^ d;
			g = (3 * i + 5) % 16;
		} else {
			f = c ^ (b | ~d);
			g = 7 * i % 16;
		}
		t = d;
		d = c;
		c = b;
		f += a + w[g] + md5_k[i];
		b += left(f, shifts[i / 16][i % 4]);
		a = t;
	}
	s[0] += a;
	s[1] += b;
	s[2] += c;
	s[3] += d;
}

static void
sha1_block(uint32_t *s, const uint32_t *in)
{
	uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f, t;
	uint32_t w[80];

	for (unsigned i = 0; i < 80; i++)
		w[i] =
		    i < 16
			? in[i]
			: left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	for (unsigned i = 0; i < 80; i++) {
		if (i < 20)
			f = ((b & c) | (~b & d)) + 0x5a827999;
		else if (i < 40)
			f = (b ^ c ^ d) + 0x6ed9eba1;
		else if (i < 60)
			f = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
		else
			f = (b ^ c ^ d) + 0xca62c1d6;
		t = left(a, 5) + f + e + w[i];
		e = d;
		d = c;
		c = left(b, 30);
		b = a;
		a = t;
	}
	s[0] += a;
	s[1] += b;
	s[2] += c;
	s[3] += d;
	s[4] += e;
}

static const uint32_t sha256_k[64] = {0x428a2f98, 0x71374491, 0xb5c0fbcf,
    0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
    0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
    0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c,
    0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee,
    0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2};

static void
sha256_block(uint32_t *s, const uint32_t *in)
{
	uint32_t w[64], v[8], t1, t2;

	for (unsigned i = 0; i < 64; i++) {
		uint32_t x, y;

		w[i] = in[i % 16];
		if (i < 16)
			continue;
		x = w[i - 15];
		y = w[i - 2];
		w[i] = w[i - 16] + (right(x, 7) ^ right(x, 18) ^ x >> 3) +
		       w[i - 7] + (right(y, 17) ^ right(y, 19) ^ y >> 10);
	}
	memcpy(v, s, sizeof(v));
	for (unsigned i = 0; i < 64; i++) {
		t1 = v[7] +
		     (right(v[4], 6) ^ right(v[4], 11) ^ right(v[4], 25)) +
		     ((v[4] & v[5]) ^ (~v[4] & v[6])) + sha256_k[i] + w[i];
		t2 = (right(v[0], 2) ^ right(v[0], 13) ^ right(v[0], 22)) +
		     ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		memmove(v + 1, v, 7 * sizeof(*v));
		v[4] += t1;
		v[0] = t1 + t2;
	}
	for (unsigned i = 0; i < 8; i++)
		s[i] += v[i];
}

/* One block of 64 bytes as 16 words. */
static void
take_block(struct hash *h, const unsigned char *p)
{
	uint32_t w[16];

	for (unsigned i = 0; i < 16; i++, p += 4)
		w[i] = h->little ? (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
				       (uint32_t)p[1] << 8 | p[0]
				 : (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
				       (uint32_t)p[2] << 8 | p[3];
	h->block(h->state, w);
}

static void
run(struct hash *h, const void *data, size_t len, struct buf *out)
{
	const unsigned char *p = data;
	unsigned char last[128] = {0};
	size_t rest = len % 64, end = rest < 56 ? 64 : 128;
	uint64_t bits = (uint64_t)len * 8;

	for (size_t i = 0; i + 64 <= len; i += 64)
		take_block(h, p + i);
	if (rest > 0)
		memcpy(last, p + len - rest, rest);
	last[rest] = 0x80;
	for (unsigned i = 0; i < 8; i++)
		last[end - 8 + i] =
		    (unsigned char)(bits >> 8 * (h->little ? i : 7 - i));
	for (size_t i = 0; i < end; i += 64)
		take_block(h, last + i);
	for (size_t i = 0; i < h->words * 4; i++) {
		unsigned shift = 8 * (h->little ? i % 4 : 3 - i % 4);

		buf_printf(out, "%02x", h->state[i / 4] >> shift & 0xff);
	}
}

void
hash_md5(const void *data, size_t len, struct buf *out)
{
	struct hash h = {{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}, 4,
	    true, md5_block};

	run(&h, data, len, out);
}

void
hash_sha1(const void *data, size_t len, struct buf *out)
{
	struct hash h = {
	    {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}, 5,
	    false, sha1_block};

	run(&h, data, len, out);
}

void
hash_sha256(const void *data, size_t len, struct buf *out)
{
	struct hash h = {{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
			     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19},
	    8, false, sha256_block};

	run(&h, data, len, out);
}
