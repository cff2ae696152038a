/* What: names that may not be used, turned into compile errors. Included last by base.h, so system headers are not
 * hurt. Instead: strings - str.h and out.h; numbers - str_to_i64; time - times.h; memory - arena.h; processes - proc/.
 * Not here: malloc and free, which base/ itself needs; tools/lint refuses them elsewhere. Source: style.md rule 31. */
#ifndef GAVA_BANNED_H
#define GAVA_BANNED_H

#define GAVA_BANNED(name) sorry_##name##_is_banned_see_banned_h

#undef strcpy
#define strcpy(...) GAVA_BANNED(strcpy)
#undef strcat
#define strcat(...) GAVA_BANNED(strcat)
#undef strncpy
#define strncpy(...) GAVA_BANNED(strncpy)
#undef strncat
#define strncat(...) GAVA_BANNED(strncat)
#undef sprintf
#define sprintf(...) GAVA_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) GAVA_BANNED(vsprintf)
#undef strtok
#define strtok(...) GAVA_BANNED(strtok)
#undef atoi
#define atoi(...) GAVA_BANNED(atoi)
#undef atol
#define atol(...) GAVA_BANNED(atol)
#undef atoll
#define atoll(...) GAVA_BANNED(atoll)
#undef strtol
#define strtol(...) GAVA_BANNED(strtol)
#undef strtoll
#define strtoll(...) GAVA_BANNED(strtoll)
#undef strtoul
#define strtoul(...) GAVA_BANNED(strtoul)
#undef gets
#define gets(...) GAVA_BANNED(gets)
#undef localtime
#define localtime(...) GAVA_BANNED(localtime)
#undef localtime_r
#define localtime_r(...) GAVA_BANNED(localtime_r)
#undef gmtime
#define gmtime(...) GAVA_BANNED(gmtime)
#undef asctime
#define asctime(...) GAVA_BANNED(asctime)
#undef ctime
#define ctime(...) GAVA_BANNED(ctime)
#undef mktime
#define mktime(...) GAVA_BANNED(mktime)
#undef system
#define system(...) GAVA_BANNED(system)
#undef popen
#define popen(...) GAVA_BANNED(popen)
#undef alloca
#define alloca(...) GAVA_BANNED(alloca)
#undef rand
#define rand(...) GAVA_BANNED(rand)

#endif
