using CmlNet.Containers;
using CmlNet.Workflows.Execution.Shells;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>Reads a job's <c>services:</c>, in the order written.</summary>
internal static class ServiceReader
{
    /// <param name="token">A mapping, or an expression that gives one.</param>
    /// <param name="scope">Of everything but <c>env</c> and <c>credentials</c>.</param>
    /// <param name="environmentScope">Of those two.</param>
    /// <returns>The services, and the ids of those whose image is empty: as on GitHub they are left out.</returns>
    /// <exception cref="InvalidRunException">Options, a port or a volume that no engine takes.</exception>
    public static (IReadOnlyList<ServiceSpec> Services, IReadOnlyList<string> Skipped) Read(TemplateToken? token, ExpressionScope scope, ExpressionScope environmentScope)
    {
        var services = new List<(ServiceSpec Service, SourceLocation Location)>();
        var skipped = new List<string>();
        foreach ((string id, ObjectValue shape, SourceLocation location) in Shapes(token, scope, environmentScope))
        {
            if (JobContainer.Read(shape, location) is { } container)
                services.Add((Build(id, shape, container), location));
            else
                skipped.Add(id);
        }
        return (ServicePorts.Assign(services), skipped);
    }

    private static IEnumerable<(string Id, ObjectValue Shape, SourceLocation Location)> Shapes(TemplateToken? token, ExpressionScope scope, ExpressionScope environmentScope) => token switch
    {
        null => [],
        MappingToken map => map.Items.Select(item => (new TemplateEvaluator(scope).EvaluateString(item.Key), ContainerShape.Of(item.Value, scope, environmentScope), item.Value.Location)),
        _ => (new TemplateEvaluator(scope).EvaluateToken(token) as ObjectValue ?? []).Select(item => (item.Key, ContainerShape.Of(item.Value), token.Location)),
    };

    private static ServiceSpec Build(string id, ObjectValue shape, JobContainer container)
    {
        string entrypoint = ExpressionText.ToText(shape["entrypoint"]).Trim();
        return new ServiceSpec
        {
            Id = id,
            Image = new ImageRequest { Reference = container.Image, Credentials = container.Credentials },
            Container = new ContainerSpec
            {
                Name = "",
                Image = container.Image,
                // One program, as docker's own --entrypoint; its arguments are the command.
                Entrypoint = entrypoint.Length > 0 ? [entrypoint] : null,
                Command = ShellWords.Split(ExpressionText.ToText(shape["command"])),
                Environment = container.Environment,
                Mounts = container.Volumes,
                Ports = container.Ports,
                NetworkAliases = [id],
                Options = container.Options,
                Gpus = container.Options.Gpus,
            },
        };
    }
}
