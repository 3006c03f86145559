using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>Who asks S3, from where AWS's own tools look: the remote's options, the environment, <c>~/.aws</c>.</summary>
internal static class S3Credentials
{
    /// <summary>Null for anonymous access.</summary>
    /// <exception cref="DvcException">There are none, and anonymous access was not asked for.</exception>
    public static S3Signature? Find(IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> environment)
    {
        string? profile = options.GetValueOrDefault("profile") ?? NotEmpty(environment, "AWS_PROFILE");
        string folder = Path.Combine(environment.GetValueOrDefault("HOME", "/"), ".aws");
        IReadOnlyDictionary<string, string> stored = Section(NotEmpty(environment, "AWS_SHARED_CREDENTIALS_FILE") ?? options.GetValueOrDefault("credentialpath") ?? Path.Combine(folder, "credentials"), profile ?? "default");
        IReadOnlyDictionary<string, string> settings = Section(NotEmpty(environment, "AWS_CONFIG_FILE") ?? Path.Combine(folder, "config"), profile is null or "default" ? "default" : "profile " + profile);
        string region = options.GetValueOrDefault("region") ?? NotEmpty(environment, "AWS_REGION") ?? NotEmpty(environment, "AWS_DEFAULT_REGION") ?? settings.GetValueOrDefault("region") ?? "us-east-1";
        if (DvcConfig.Truth(options.GetValueOrDefault("allow_anonymous_login")) == true)
            return null;
        if (options.GetValueOrDefault("access_key_id") is { } key && options.GetValueOrDefault("secret_access_key") is { } secret)
            return new S3Signature(key, secret, options.GetValueOrDefault("session_token"), region);
        if (profile is null && NotEmpty(environment, "AWS_ACCESS_KEY_ID") is { } id && NotEmpty(environment, "AWS_SECRET_ACCESS_KEY") is { } word)
            return new S3Signature(id, word, NotEmpty(environment, "AWS_SESSION_TOKEN"), region);
        if (stored.GetValueOrDefault("aws_access_key_id") is { } name && stored.GetValueOrDefault("aws_secret_access_key") is { } password)
            return new S3Signature(name, password, stored.GetValueOrDefault("aws_session_token"), region);
        throw new DvcException("no S3 credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in ~/.aws/credentials, or allow_anonymous_login for a public bucket");
    }

    private static string? NotEmpty(IReadOnlyDictionary<string, string> environment, string name) => environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static IReadOnlyDictionary<string, string> Section(string path, string name)
    {
        try
        {
            return ConfigFile.Read(path, isOfRepository: false).Sections.GetValueOrDefault(name.ToLowerInvariant()) ?? new Dictionary<string, string>(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }
    }
}
