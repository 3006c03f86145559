using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing;

/// <summary>Where a <see cref="PublishingServices"/> looks for what it needs, and what is given to it outright.</summary>
public sealed record PublishingOptions
{
    /// <summary>Environment variables: those of CI systems, and <c>CML_*</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Absolute path; the git work tree around it is the repository.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>URL or <c>owner/name</c>. Default: <c>CML_REPO</c>, the remote <c>origin</c>, then <c>GITHUB_REPOSITORY</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>Name of the code host, chosen for this very call. Default: <c>local</c> where <c>CML_LOCAL_HOST</c> is set, else found out.</summary>
    public string? Driver { get; init; }

    /// <summary>Name of the code host as configured for every call; <c>CML_LOCAL_HOST</c> goes before it.</summary>
    public string? DefaultDriver { get; init; }

    /// <summary>Default: <c>CML_TOKEN</c>, <c>CML_DRIVER_TOKEN</c>, <c>REPO_TOKEN</c>, <c>repo_token</c>, <c>GITHUB_TOKEN</c>, <c>GITLAB_TOKEN</c>, <c>BITBUCKET_TOKEN</c>; of the last three and their like, other code hosts than GitHub take their own only.</summary>
    public string? Token { get; init; }

    /// <summary>Address of an asset server. Default: none.</summary>
    public Uri? AssetServer { get; init; }

    /// <summary>What uploads to <see cref="AssetServer"/> show, as <c>Authorization: Bearer …</c>. Default: <c>CML_ASSET_UPLOAD_TOKEN</c>.</summary>
    public string? AssetServerToken { get; init; }

    /// <summary>A bucket of S3 or of a server like it, as <c>s3://name/prefix</c>. Default: <c>CML_S3_BUCKET</c>.</summary>
    public string? Bucket { get; init; }

    /// <summary>Where images go: one of <see cref="PublishingServices.AssetStoreNames"/>, <c>none</c>, or <c>auto</c> (default), which chooses by what is configured, the repository and the token.</summary>
    public string AssetStore { get; init; } = "auto";

    /// <summary>Whether URLs from the asset server get <c>?cml=…</c>. Default: true.</summary>
    public bool HasAssetMark { get; init; } = true;

    /// <summary>A PEM file with certificate authorities that are trusted beside the system's. Default: <c>CML_CA_FILE</c>.</summary>
    public string? CertificateAuthorities { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Largest file that is published, in bytes. Default: 25 MiB.</summary>
    public long AssetSizeLimit { get; init; } = Assets.AssetFiles.DefaultLimit;

    /// <summary>Takes what would be sent or written, which then is not. Default: <see langword="null"/>.</summary>
    public Rehearsal? Rehearsal { get; init; }

    /// <summary>A context known already; nothing is then found out. Default: <see langword="null"/>.</summary>
    public PublishingContext? Context { get; init; }
}
