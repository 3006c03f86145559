using CmlNet.Containers;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Execution.Specs;

public sealed class ServicePortsTests
{
    private static readonly SourceLocation Place = new("w.yml", 3, 5);

    [Theory]
    [InlineData("8080:80", "8080>80/tcp")]
    [InlineData("80", "80>80/tcp")]
    [InlineData(" 53:53/udp ", "53>53/udp")]
    [InlineData("127.0.0.1:8080:80/tcp", "8080>80/tcp")]
    [InlineData("[::1]:8080:80", "8080>80/tcp")]
    [InlineData("127.0.0.1::80", "80>80/tcp")]
    public void Assign_OneMapping_IsReadAndNotPublished(string text, string expected)
    {
        ServiceSpec service = Assert.Single(ServicePorts.Assign([(Service("a", text), Place)]));
        Assert.Equal(expected, Text(service));
        Assert.Empty(service.Container.Ports);
        Assert.Empty(service.Container.Options.Ports);
    }

    [Fact]
    public void Assign_PortsWithoutALocalOne_TakeWhatNobodyNamed()
    {
        IReadOnlyList<ServiceSpec> services = ServicePorts.Assign([(Service("a", "6379"), Place), (Service("b", "6379", "7000"), Place), (Service("c", "7000:6379", "53/udp"), Place), (Service("d", "53"), Place)]);
        Assert.Equal(["6379>6379/tcp", "49152>6379/tcp 49153>7000/tcp", "7000>6379/tcp 53>53/udp", "53>53/tcp"], services.Select(Text));
    }

    [Theory]
    [InlineData("http", "'http' is not a port mapping (expected [[IP:]HOST:]CONTAINER[/tcp|udp], e.g. 5432:5432 or 8080)")]
    [InlineData("0:80", "'0:80' is not a port mapping (expected [[IP:]HOST:]CONTAINER[/tcp|udp], e.g. 5432:5432 or 8080)")]
    [InlineData("70000", "'70000' is not a port mapping (expected [[IP:]HOST:]CONTAINER[/tcp|udp], e.g. 5432:5432 or 8080)")]
    [InlineData("5432:1", "The service 'b' wants port 5432, which the service 'a' has (give it another port, or only that of its container)")]
    public void Assign_MappingThatCannotBe_IsRefusedWithItsPlace(string text, string message)
    {
        InvalidRunException refused = Assert.Throws<InvalidRunException>(() => ServicePorts.Assign([(Service("a", "5432:5432"), Place), (Service("b", text), Place)]));
        Assert.Equal($"w.yml:3:5: {message}", refused.Message);
    }

    private static string Text(ServiceSpec service) => string.Join(' ', service.Ports.Select(port => $"{port.LocalPort}>{port.ContainerPort}/{port.Protocol}"));

    private static ServiceSpec Service(string id, params string[] ports) => new()
    {
        Id = id,
        Image = new ImageRequest { Reference = "x" },
        Container = new ContainerSpec { Name = "", Image = "x", Ports = ports },
    };
}
