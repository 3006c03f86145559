using System.Globalization;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Detection;

namespace CmlNet.Publishing.Diagnosis;

/// <summary>Looks at everything that publishing depends on, and changes nothing.</summary>
public sealed class Doctor
{
    private readonly PublishingServices _services;
    private readonly IReadOnlyDictionary<string, string> _environment;

    internal Doctor(PublishingServices services, IReadOnlyDictionary<string, string> environment)
    {
        _services = services;
        _environment = environment;
    }

    /// <summary>Looks.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (PublishingContext? context, Finding? unknown) = Context();
        if (context is null)
        {
            yield return unknown!; // one of the two
            yield break;
        }

        yield return new Finding(FindingLevel.Ok, "code host", context.Driver == "local" ? $"the directory {context.LocalDirectory}" : $"{context.Driver}, API at {context.ApiBase?.AbsoluteUri ?? "an address still to be found"}");
        if (context.Repository is { } repository)
            yield return new Finding(FindingLevel.Ok, "repository", repository.AbsoluteUri);
        yield return context.Sha is { } sha ? new Finding(FindingLevel.Ok, "commit", sha) : new Finding(FindingLevel.Warning, "commit", "unknown: neither GITHUB_SHA nor a git repository tells");
        (ICodeHost? host, Finding? closed) = Host();
        if (host is null)
        {
            yield return closed!; // one of the two
            yield break;
        }

        if (host is IHostDiagnosis diagnosis)
        {
            await foreach (Finding finding in diagnosis.DiagnoseAsync(cancellationToken))
                yield return finding;
        }

        yield return await TargetAsync(host, context, cancellationToken);
        yield return await StoreAsync(cancellationToken);
        yield return _environment.GetValueOrDefault("GITHUB_STEP_SUMMARY") is { Length: > 0 }
            ? new Finding(FindingLevel.Ok, "job summary", "there is one to write to")
            : new Finding(FindingLevel.Ok, "job summary", "none: this is no step of a workflow");
    }

    private (PublishingContext? Context, Finding? Failure) Context()
    {
        try
        {
            return (_services.Context, null);
        }
        catch (PublishingException e)
        {
            return (null, new Finding(FindingLevel.Failure, "surroundings", e.Message));
        }
    }

    private (ICodeHost? Host, Finding? Failure) Host()
    {
        try
        {
            return (_services.OpenCodeHost(), null);
        }
        catch (PublishingException e)
        {
            return (null, new Finding(FindingLevel.Failure, "code host", e.Message));
        }
    }

    private static async Task<Finding> TargetAsync(ICodeHost host, PublishingContext context, CancellationToken cancellationToken)
    {
        try
        {
            CommentPlace place = await CommentTarget.ResolveAsync("auto", context, host, cancellationToken);
            if ((host as ICommentSurfaces)?.Refusal(place.Surface) is { } refusal)
                return new Finding(FindingLevel.Failure, "comment", refusal);
            string limit = host is ICommentLimits limits ? string.Create(CultureInfo.InvariantCulture, $", at most {limits.LargestComment(place.Surface)} bytes in one") : "";
            return new Finding(FindingLevel.Ok, "comment", $"would go to {place}{limit}");
        }
        catch (PublishingException e)
        {
            return new Finding(FindingLevel.Failure, "comment", e.Message);
        }
    }

    private async Task<Finding> StoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            IAssetStore? store = _services.OpenAssetStore();
            if (store is IAssetChoice choice)
            {
                (string name, string reason) = await choice.ChooseAsync(cancellationToken);
                return new Finding(FindingLevel.Ok, "images", $"would go to the store '{name}': {reason}");
            }

            return store switch
            {
                { KeepsFiles: true } => new Finding(FindingLevel.Ok, "images", $"would go to the store '{store.Name}'"),
                not null => new Finding(FindingLevel.Warning, "images", "would become tables and diagrams in the report, for this run can write nowhere that readers see; pass --publish-url, or set CML_ASSET_URL or CML_S3_BUCKET"),
                null => new Finding(FindingLevel.Warning, "images", "would become a note in the report, as --assets=none asks"),
            };
        }
        catch (PublishingException e)
        {
            return new Finding(FindingLevel.Failure, "images", e.Message);
        }
    }
}
