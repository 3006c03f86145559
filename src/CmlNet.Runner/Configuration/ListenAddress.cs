using System.Globalization;
using System.Net;

namespace CmlNet.Runner.Configuration;

/// <summary>An address and port to listen on.</summary>
internal sealed record ListenAddress(IPAddress Address, int Port)
{
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary><c>PORT</c> (loopback), <c>ADDRESS:PORT</c> or <c>[ADDRESS]:PORT</c>; null for anything else. Names are not resolved, except localhost.</summary>
    public static ListenAddress? Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int alone))
            return alone <= IPEndPoint.MaxPort ? new ListenAddress(IPAddress.Loopback, alone) : null;
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > IPEndPoint.MaxPort)
            return null;
        string host = text[..colon];
        if (host == "localhost")
            return new ListenAddress(IPAddress.Loopback, port);
        bool isBracketed = host.StartsWith('[') && host.EndsWith(']');
        return IPAddress.TryParse(isBracketed ? host[1..^1] : host, out IPAddress? address) && (isBracketed || !host.Contains(':', StringComparison.Ordinal))
            ? new ListenAddress(address, port)
            : null;
    }

    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
