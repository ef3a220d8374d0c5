using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OpenHall.Host;

/// <summary>Where the program listens.</summary>
static class Addresses
{
    public static void Listen(KestrelServerOptions kestrel, HallOptions options)
    {
        kestrel.AddServerHeader = false;
        if (options.Port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            return;
        }

        // HTTPS brings HTTP/2: event streams of many tabs share one connection. Plain HTTP never leaves this machine.
        kestrel.Listen(IPAddress.Parse(options.ListenOn), options.Port, listen => listen.UseHttps(Certificate.LoadOrMake(options.DataFolder)));
        kestrel.Listen(IPAddress.Loopback, options.Port + 1);
    }
}
