using System.Globalization;
using System.Text.RegularExpressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>
/// The ports of a job's services, <c>[[ip:]local:]container[/protocol]</c> each. Nothing is published on this machine, where jobs at once
/// would be in each other's way: a mapping that names no local port gets one that no other service of the job has.
/// </summary>
internal static partial class ServicePorts
{
    private const int FirstFree = 49152;

    /// <exception cref="InvalidRunException">What is no mapping, and a local port that two services want.</exception>
    public static IReadOnlyList<ServiceSpec> Assign(IReadOnlyList<(ServiceSpec Service, SourceLocation Location)> services)
    {
        (ServiceSpec Service, SourceLocation Location, Mapping[] Mappings)[] read =
            [.. services.Select(item => (item.Service, item.Location, item.Service.Container.Ports.Concat(item.Service.Container.Options.Ports).Select(text => Read(text, item.Location)).ToArray()))];
        var taken = new Dictionary<(int, string), string>();
        foreach ((ServiceSpec service, SourceLocation location, Mapping[] mappings) in read)
        {
            foreach (Mapping mapping in mappings.Where(mapping => mapping.Local is not null))
            {
                // Not null: only those that name one.
                if (!taken.TryAdd((mapping.Local!.Value, mapping.Protocol), service.Id))
                    throw new InvalidRunException([new WorkflowError(location, $"The service '{service.Id}' wants port {mapping.Local}, which the service '{taken[(mapping.Local.Value, mapping.Protocol)]}' has", "give it another port, or only that of its container")]);
            }
        }
        return [.. read.Select(item => With(item.Service, [.. item.Mappings.Select(mapping => new ServicePort(mapping.Local ?? Free(mapping, item.Service.Id, taken), mapping.Container, mapping.Protocol))]))];
    }

    private static ServiceSpec With(ServiceSpec service, IReadOnlyList<ServicePort> ports) =>
        service with { Ports = ports, Container = service.Container with { Ports = [], Options = service.Container.Options with { Ports = [] } } };

    /// <summary>The container's own number if nobody has it: that is what people try first.</summary>
    private static int Free(Mapping mapping, string id, Dictionary<(int, string), string> taken)
    {
        int port = mapping.Container;
        while (!taken.TryAdd((port, mapping.Protocol), id))
            port = port < FirstFree ? FirstFree : port + 1;
        return port;
    }

    private static Mapping Read(string text, SourceLocation location)
    {
        Match match = Form().Match(text.Trim());
        return match.Success && Number(match.Groups["container"].Value) is { } container && (!match.Groups["local"].Success || Number(match.Groups["local"].Value) is not null)
            ? new Mapping(match.Groups["local"].Success ? Number(match.Groups["local"].Value) : null, container, match.Groups["protocol"] is { Success: true } protocol ? protocol.Value : "tcp")
            : throw new InvalidRunException([new WorkflowError(location, $"'{text}' is not a port mapping", "expected [[IP:]HOST:]CONTAINER[/tcp|udp], e.g. 5432:5432 or 8080")]);
    }

    private static int? Number(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0 ? port : null;

    [GeneratedRegex(@"^(((\[[0-9a-fA-F:.]*\]|[0-9.]*):)?(?<local>[0-9]{1,5})?:)?(?<container>[0-9]{1,5})(/(?<protocol>tcp|udp|sctp))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    private sealed record Mapping(int? Local, int Container, string Protocol);
}
