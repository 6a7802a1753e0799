using System.Net;
using System.Net.Sockets;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>Which addresses a tracker in the cloud can call.</summary>
internal static class PublicAddress
{
    /// <summary>
    /// True for a name without a dot or under <c>.local</c>, and for an address that is private or set apart
    /// (https://www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry).
    /// </summary>
    public static bool IsPrivate(Uri address)
    {
        if (!IPAddress.TryParse(address.DnsSafeHost, out var ip))
            return !address.Host.Contains('.', StringComparison.Ordinal) || address.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase);
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        return ip.AddressFamily == AddressFamily.InterNetworkV6
            ? ip.IsIPv6LinkLocal || ip.IsIPv6SiteLocal || ip.IsIPv6UniqueLocal || ip.IsIPv6Multicast || IPAddress.IsLoopback(ip) || ip.Equals(IPAddress.IPv6Any)
            : ip.GetAddressBytes() is [0 or 10 or 127 or >= 224, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..];
    }
}
