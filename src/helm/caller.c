/* SPDX-License-Identifier: Apache-2.0 */
/* Finds Helm's own standard error, by name where that is safe, else by taking the descriptor itself. */
#include "helm/caller.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	WAIT_MS = 2000,               /* for a reader that has stopped reading */
	PIECE = 4096,
};

bool
helm4_calls_us(void)
{
	return str_starts(str_of(getenv("HELM_PLUGIN_NAME")), STR("wbrender"));
}

static bool
write_all(int fd, struct str text)
{
	while (text.n > 0) {
		struct pollfd ready = { .fd = fd, .events = POLLOUT };
		int polled = poll(&ready, 1, WAIT_MS);
		ssize_t n;

		/* in pieces that a pipe with room takes whole, so that a stopped reader cannot stop us */
		if (polled == 0) {
			return false;
		}
		n = polled < 0 ? -1 : write(fd, text.s, text.n < PIECE ? text.n : PIECE);
		if (n > 0) {
			text = str_slice(text, (size_t)n, text.n);
		} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
			return false;
		}
	}
	return true;
}

static void
append_to_log(struct str text)
{
	const char *path = getenv("WBRENDER_LOG");
	int fd;

	if (!path || !*path) {
		return;
	}
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, 0666);
	if (fd >= 0) {
		write_all(fd, text);
		close(fd);
	}
}

/* the parent's own descriptor 2, sharing its file offset; -1 where the kernel or its rules do not allow it */
static int
take_parents(void)
{
#if defined SYS_pidfd_open && defined SYS_pidfd_getfd
	int process = (int)syscall(SYS_pidfd_open, getppid(), 0), fd;

	if (process < 0) {
		return -1;
	}
	fd = (int)syscall(SYS_pidfd_getfd, process, 2, 0);
	close(process);
	return fd;
#else
	return -1;
#endif
}

/* A second opening of a regular file has an offset of its own, and Helm's next line would overwrite ours; of a terminal
   or a pipe it is as good as the first. O_NONBLOCK: a pipe without a reader must not stop us. */
static int
open_parents(void)
{
	struct stat theirs, ours;
	char path[64];
	int fd = -1;

	snprintf(path, sizeof(path), "/proc/%ld/fd/2", (long)getppid());
	if (stat(path, &theirs) == 0) {
		if (fstat(STDERR_FILENO, &ours) == 0 && ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino) {
			/* nothing stands between: the user has seen it */
			return open("/dev/null", O_WRONLY | O_CLOEXEC);
		}
		if (S_ISCHR(theirs.st_mode) || S_ISFIFO(theirs.st_mode)) {
			fd = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
		}
	}
	return fd >= 0 ? fd : take_parents();
}

void
helm_show(struct str text)
{
	int fd;

	if (text.n == 0) {
		return;
	}
	append_to_log(text);
	fd = open_parents();
	if (fd < 0 || !write_all(fd, text)) {
		int tty = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);

		if (tty >= 0) {
			write_all(tty, text);
			close(tty);
		}
	}
	if (fd >= 0) {
		close(fd);
	}
}
