/* Sends the console the message that Windows sends when the session is locked (session lock) or before sleep (session
   sleep). Wine sends neither. */
#include <string.h>
#include <windows.h>
#include <wtsapi32.h>

int main(int count, char **arguments) {
    HWND watch = FindWindowW(L"ThredConsoleSessionWatch", NULL);
    if (watch == NULL || count != 2) return 1;
    if (strcmp(arguments[1], "lock") == 0)
        /* Windows sends it to windows that have registered. */
        SendMessageW(watch, WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, 1);
    else
        /* Windows broadcasts it, which leaves out message-only windows. */
        SendMessageTimeoutW(HWND_BROADCAST, WM_POWERBROADCAST, PBT_APMSUSPEND, 0, SMTO_ABORTIFHUNG, 10000, NULL);
    return 0;
}
