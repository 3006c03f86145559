using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>One mapping of <c>docker -p</c>: <c>[[ip:]host:]container[/protocol]</c>.</summary>
internal sealed record PortMapping(string ContainerPort, PortBinding Binding)
{
    public static PortMapping Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        var protocol = slash < 0 ? "tcp" : text[(slash + 1)..];
        var rest = slash < 0 ? text : text[..slash];
        var last = rest.LastIndexOf(':');
        var container = rest[(last + 1)..];
        var host = last < 0 ? "" : rest[..last];
        var ipEnd = host.LastIndexOf(':');
        var hostPort = host[(ipEnd + 1)..];
        var ip = ipEnd < 0 ? null : host[..ipEnd].Trim('[', ']');
        if (protocol is not ("tcp" or "udp" or "sctp") || !IsPort(container) || (hostPort.Length > 0 && !IsPort(hostPort)))
            throw new EngineException(EngineErrorKind.Refused, $"'{text}' is not a port mapping. Expected [[IP:]HOST:]CONTAINER[/tcp|udp|sctp], e.g. 5432:5432 or 8080.");
        return new PortMapping($"{container}/{protocol}", new PortBinding { HostIp = ip, HostPort = hostPort });
    }

    private static bool IsPort(string text) => ushort.TryParse(text, System.Globalization.NumberStyles.None, null, out var port) && port > 0;
}
