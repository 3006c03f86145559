using System.Text.RegularExpressions;

namespace CmlNet.Publishing.Assets.S3;

/// <summary>A bucket of Amazon S3, or of a server that speaks its protocol, and where readers fetch its objects.</summary>
internal sealed partial record S3Bucket
{
    public const string Variable = "CML_S3_BUCKET";
    private const string DefaultRegion = "us-east-1";

    /// <summary>Where objects are put, prefix included; ends with a slash.</summary>
    public required Uri Objects { get; init; }

    /// <summary>Where readers fetch them, prefix included; ends with a slash.</summary>
    public required Uri Readers { get; init; }

    public required string Region { get; init; }

    /// <summary>What each object is put with, e.g. <c>public-read</c>; null where the bucket's own policy lets readers in.</summary>
    public string? AccessControl { get; init; }

    /// <summary>
    /// Reads <c>s3://bucket/prefix</c>. A server of one's own (<c>CML_S3_ENDPOINT</c>, else <c>AWS_ENDPOINT_URL_S3</c> or
    /// <c>AWS_ENDPOINT_URL</c>) has the bucket in its path, as MinIO has; Amazon has it in the host, unless a dot in its name
    /// would make the certificate wrong.
    /// </summary>
    /// <param name="address">The bucket; null takes <c>CML_S3_BUCKET</c>.</param>
    /// <param name="environment">Region, endpoint, <c>CML_S3_PUBLIC_URL</c> and <c>CML_S3_ACL</c>.</param>
    /// <exception cref="PublishingException">No bucket is named, or one of these is wrong.</exception>
    public static S3Bucket Read(string? address, IReadOnlyDictionary<string, string> environment)
    {
        string text = Filled(address) ?? Value(environment, Variable) ?? throw new PublishingException($"the image store 's3' needs a bucket: set {Variable} to s3://bucket/prefix");
        if (Address().Match(text) is not { Success: true } match)
            throw new PublishingException($"'{text}' is not a bucket: expected s3://bucket or s3://bucket/prefix");
        string name = match.Groups["bucket"].Value;
        string prefix = string.Concat(match.Groups["prefix"].Value.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => Uri.EscapeDataString(part) + "/"));
        string region = Value(environment, "AWS_REGION") ?? Value(environment, "AWS_DEFAULT_REGION") ?? DefaultRegion;
        if (!RegionName().IsMatch(region))
            throw new PublishingException($"AWS_REGION is '{region}', which is no region; expected something like eu-central-1");
        Uri server = Server(name, region, environment);
        return new S3Bucket
        {
            Region = region,
            Objects = new Uri(server, prefix),
            Readers = Value(environment, "CML_S3_PUBLIC_URL") is { } readers ? new Uri(Web(readers, "CML_S3_PUBLIC_URL"), prefix) : new Uri(server, prefix),
            AccessControl = Value(environment, "CML_S3_ACL"),
        };
    }

    private static Uri Server(string name, string region, IReadOnlyDictionary<string, string> environment)
    {
        if ((Value(environment, "CML_S3_ENDPOINT") ?? Value(environment, "AWS_ENDPOINT_URL_S3") ?? Value(environment, "AWS_ENDPOINT_URL")) is { } endpoint)
            return new Uri(Web(endpoint, "CML_S3_ENDPOINT"), name + "/");
        return name.Contains('.', StringComparison.Ordinal)
            ? new Uri($"https://s3.{region}.amazonaws.com/{name}/")
            : new Uri($"https://{name}.s3.{region}.amazonaws.com/");
    }

    private static Uri Web(string text, string variable) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.Query.Length == 0
            ? address
            : throw new PublishingException($"{variable} is '{text}', which is no http(s) address");

    private static string? Value(IReadOnlyDictionary<string, string> environment, string name) => Filled(environment.GetValueOrDefault(name));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // Amazon's rules for names, and those of the servers that allow capitals and underscores.
    [GeneratedRegex(@"^(?:s3://)?(?<bucket>[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9])(?:/(?<prefix>(?!.*\.\.)[^?#\\\x00-\x1f]*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex("^[a-z0-9-]{1,40}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionName();
}
