using CmlNet.Containers;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>Job as written + contexts → <see cref="JobSpec"/>. Pure: nothing is started.</summary>
internal sealed class JobSpecBuilder(RunRequest request)
{
    /// <summary>GitHub's own limit for a job.</summary>
    private const double DefaultTimeoutMinutes = 360;

    /// <summary>What GitHub gives a cancelled job for its last steps.</summary>
    private const double DefaultCancelTimeoutMinutes = 5;

    /// <summary>35 days: no run lives longer on GitHub.</summary>
    private const double MaximumTimeoutMinutes = 35 * 24 * 60;

    private readonly ImageMap _images = new(request.Images);

    /// <exception cref="InvalidRunException">A label without an image, an empty image, options that no engine takes.</exception>
    public JobSpec Build(Job job, string name, ContextSet contexts)
    {
        ExpressionScope scope = ContextScopes.Job(contexts);
        IReadOnlyList<string> labels = job.RunsOn is null ? [] : RunsOnLabels.Read(new TemplateEvaluator(scope).EvaluateToken(job.RunsOn));
        ExpressionScope environmentScope = ContextScopes.ContainerEnvironment(contexts);
        JobContainer? container = JobContainer.Read(job.Container, scope, environmentScope);
        if (container?.Options.Entrypoint is not null)
            throw new InvalidRunException([new WorkflowError(job.Container!.Location, "container.options: --entrypoint cannot be used here: the job's commands need the container to stay up. Remove it.")]);
        (IReadOnlyList<ServiceSpec> services, IReadOnlyList<string> skippedServices) = ServiceReader.Read(job.Services, scope, environmentScope);
        (ImageRequest image, string source) = container is null
            ? ImageFor(job, labels)
            : (new ImageRequest { Reference = container.Image, Credentials = container.Credentials }, "container");
        return new JobSpec
        {
            Job = job,
            Name = name,
            Labels = labels,
            HasContainer = container is not null,
            Image = image,
            ImageSource = source,
            Container = Container(image.Reference, container),
            ContainerOptions = container?.OptionsText ?? "",
            Services = services,
            SkippedServices = skippedServices,
            Timeout = TimeoutOf(job, job.TimeoutMinutes, "timeout-minutes", DefaultTimeoutMinutes, scope),
            CancelTimeout = TimeoutOf(job, job.CancelTimeoutMinutes, "cancel-timeout-minutes", DefaultCancelTimeoutMinutes, scope),
            ContinueOnError = job.ContinueOnError is not null && new TemplateEvaluator(scope).EvaluateBoolean(job.ContinueOnError),
        };
    }

    private static TimeSpan TimeoutOf(Job job, TemplateToken? token, string key, double unlessGiven, ExpressionScope scope)
    {
        if (token is null)
            return TimeSpan.FromMinutes(unlessGiven);
        double minutes = new TemplateEvaluator(scope).EvaluateNumber(token);
        return minutes > 0
            ? TimeSpan.FromMinutes(Math.Min(minutes, MaximumTimeoutMinutes))
            : throw new InvalidRunException([new WorkflowError(token.Location, $"Unexpected {key} of job '{job.Id}'", "expected a number above 0")]);
    }

    private (ImageRequest Image, string Source) ImageFor(Job job, IReadOnlyList<string> labels)
    {
        if (request.UsesThisMachine)
            return (new ImageRequest { Reference = "" }, "this machine");
        if (_images.TryFind(labels, out string? image, out string source))
            return (new ImageRequest { Reference = image }, source);
        if (labels.All(string.IsNullOrWhiteSpace))
            throw new InvalidRunException([new WorkflowError(job.RunsOn?.Location ?? job.Location, $"runs-on of job '{job.Id}' is empty: its expression gave nothing", "expected a label, such as ubuntu-latest")]);
        string label = labels.Count == 0 ? "" : labels[0];
        throw new InvalidRunException(
        [
            new WorkflowError(
                job.RunsOn?.Location ?? job.Location,
                $"No image is known for runs-on: {string.Join(", ", labels)}",
                $"give one with --image {label}=IMAGE or under run.images in cml.yaml; known labels: {string.Join(", ", _images.KnownLabels)}"),
        ]);
    }

    private ContainerSpec Container(string image, JobContainer? container)
    {
        ContainerOptions options = container?.Options ?? ContainerOptions.Default;
        // What the command line says of GPUs is meant for options: too.
        if (request.Gpus is not null)
            options = options with { Gpus = GpuRequest.None };
        return new ContainerSpec
        {
            // The name, the mounts and the network are given when the job starts.
            Name = "",
            Image = image,
            Entrypoint = ["tail"],
            Command = ["-f", "/dev/null"],
            Environment = container?.Environment ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Mounts = container?.Volumes ?? [],
            Ports = container?.Ports ?? [],
            Options = options,
            Gpus = request.Gpus ?? options.Gpus,
        };
    }
}
