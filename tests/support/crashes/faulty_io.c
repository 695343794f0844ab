/* A disk that fails, or a process that dies, at the n-th call on files below one folder. Loaded by LD_PRELOAD.
 *
 * Until it is armed, and for every other file, each call goes straight on to libc. `fault_arm` is called from within the
 * process (ctypes), so that a fork may be armed while its parent is not. It knows nothing of SQLite.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, TRUNCATE = 4, READ = 8 };
enum { COUNT = 0, FAIL = 1, SHORT = 2, KILL = 3, TEAR = 4 };

static int armed, mask, action, error_number, sticky;
static long nth, seen[9], matched, struck;
static char folder[4096];

void fault_arm(const char *below, int calls, long at, int what, int error, int for_ever)
{
    __atomic_store_n(&armed, 0, __ATOMIC_SEQ_CST);
    snprintf(folder, sizeof folder, "%s", below);
    memset(seen, 0, sizeof seen);
    mask = calls, nth = at, action = what, error_number = error, sticky = for_ever, matched = struck = 0;
    __atomic_store_n(&armed, 1, __ATOMIC_SEQ_CST);
}

void fault_disarm(void) { __atomic_store_n(&armed, 0, __ATOMIC_SEQ_CST); }

/* Calls of one kind seen since armed; calls failed, shortened or torn since armed. */
long fault_seen(int call) { return __atomic_load_n(&seen[call], __ATOMIC_SEQ_CST); }
long fault_struck(void) { return __atomic_load_n(&struck, __ATOMIC_SEQ_CST); }

static int is_ours(int fd)
{
    char link[64], path[4096];
    int kept = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = kept;
    if (length <= 0)
        return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

/* What becomes of this call: COUNT lets it pass. */
static int judge(int fd, int call)
{
    if (!__atomic_load_n(&armed, __ATOMIC_SEQ_CST) || !is_ours(fd))
        return COUNT;
    __atomic_add_fetch(&seen[call], 1, __ATOMIC_SEQ_CST);
    if (!(mask & call) || action == COUNT)
        return COUNT;
    long number = __atomic_add_fetch(&matched, 1, __ATOMIC_SEQ_CST);
    if (number < nth)
        return COUNT;
    if (number > nth && action == SHORT && error_number && (sticky || number == nth + 1)) {
        __atomic_add_fetch(&struck, 1, __ATOMIC_SEQ_CST);
        return FAIL; /* a write that was cut short is followed by the reason */
    }
    if (number > nth && !sticky)
        return COUNT;
    if (action == KILL)
        kill(getpid(), SIGKILL);
    __atomic_add_fetch(&struck, 1, __ATOMIC_SEQ_CST);
    return action;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) \
        real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define FAILED return errno = error_number, -1

/* `half` writes the first half of what was asked for: `whole` bytes by `call` with that many. */
#define WRITING(fd, whole, call, half) \
    switch (judge(fd, WRITE)) { \
    case FAIL: FAILED; \
    case SHORT: return (whole) > 1 ? (half) : (call); \
    case TEAR: (void)!(half); kill(getpid(), SIGKILL); \
    } \
    return call

ssize_t write(int fd, const void *data, size_t size)
{
    REAL(write);
    WRITING(fd, size, real(fd, data, size), real(fd, data, size / 2));
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    REAL(pwrite);
    WRITING(fd, size, real(fd, data, size, at), real(fd, data, size / 2, at));
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    REAL(pwrite64);
    WRITING(fd, size, real(fd, data, size, at), real(fd, data, size / 2, at));
}

/* Python copies files with sendfile. */
ssize_t sendfile(int to, int from, off_t *at, size_t size)
{
    static ssize_t (*real)(int, int, off_t *, size_t);
    if (!real)
        real = (ssize_t(*)(int, int, off_t *, size_t))dlsym(RTLD_NEXT, "sendfile");
    WRITING(to, size, real(to, from, at, size), real(to, from, at, size / 2));
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t size)
{
    static ssize_t (*real)(int, int, off64_t *, size_t);
    if (!real)
        real = (ssize_t(*)(int, int, off64_t *, size_t))dlsym(RTLD_NEXT, "sendfile64");
    WRITING(to, size, real(to, from, at, size), real(to, from, at, size / 2));
}

ssize_t read(int fd, void *data, size_t size)
{
    REAL(read);
    if (judge(fd, READ) == FAIL)
        FAILED;
    return real(fd, data, size);
}

ssize_t pread(int fd, void *data, size_t size, off_t at)
{
    REAL(pread);
    if (judge(fd, READ) == FAIL)
        FAILED;
    return real(fd, data, size, at);
}

ssize_t pread64(int fd, void *data, size_t size, off64_t at)
{
    REAL(pread64);
    if (judge(fd, READ) == FAIL)
        FAILED;
    return real(fd, data, size, at);
}

int fsync(int fd)
{
    REAL(fsync);
    if (judge(fd, SYNC) == FAIL)
        FAILED;
    return real(fd);
}

int fdatasync(int fd)
{
    REAL(fdatasync);
    if (judge(fd, SYNC) == FAIL)
        FAILED;
    return real(fd);
}

int ftruncate(int fd, off_t size)
{
    REAL(ftruncate);
    if (judge(fd, TRUNCATE) == FAIL)
        FAILED;
    return real(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    REAL(ftruncate64);
    if (judge(fd, TRUNCATE) == FAIL)
        FAILED;
    return real(fd, size);
}
