using System.Globalization;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Configuration;

/// <summary>The options DVC knows. It refuses to work in a project whose configuration has any other, so none is written.</summary>
public static class ConfigSchema
{
    private const string Flag = "true or false", Count = "a whole number from 1 on", Number = "a number", Any = "";
    private const string Links = "a list of reflink, hardlink, symlink and copy";

    private static readonly Dictionary<string, string> Common = Options("url checksum_jobs:n jobs:n worktree:b no_traverse:b version_aware:b verify:b");

    private static readonly Dictionary<string, Dictionary<string, string>> Sections = new(StringComparer.Ordinal)
    {
        ["core"] = Options("remote checksum_jobs:n interactive:b analytics:b hardlink_lock:b no_scm:b autostage:b experiments:b check_update:b site_cache_dir machine"),
        ["cache"] = Options("local s3 gs hdfs webhdfs ssh azure dir type:l protected:b shared=group slow_link_warning:b verify:b"),
        ["state"] = Options("dir row_limit:n row_cleanup_quota:d"),
        ["index"] = Options("dir"),
        ["plots"] = Options("html_template auto_open:b out_dir"),
        ["exp"] = Options("code data models metrics params plots live auto_push:b git_remote"),
        ["parsing"] = Options("bool=store_true|boolean_optional list=nargs|append"),
        ["hydra"] = Options("enabled:b config_dir config_module config_name plugins_path"),
        ["studio"] = Options("token url repo_url offline:b"),
    };

    private static readonly Dictionary<string, Dictionary<string, string>> Remotes = new(StringComparer.Ordinal)
    {
        [""] = Options("type:l protected:b shared=group slow_link_warning:b"),
        ["s3"] = Options("region profile credentialpath configpath endpointurl access_key_id secret_access_key session_token listobjects:b use_ssl:b allow_anonymous_login:b ssl_verify sse sse_kms_key_id sse_customer_algorithm sse_customer_key acl grant_read grant_read_acp grant_write_acp grant_full_control cache_regions:b read_timeout:d connect_timeout:d"),
        ["ssh"] = Options("type:l port:n user password ask_password:b passphrase ask_passphrase:b keyfile timeout:d gss_auth:b allow_agent:b max_sessions:n"),
        ["http"] = Options("auth=basic|digest|custom custom_auth_header user password ask_password:b ssl_verify method connect_timeout:d read_timeout:d"),
        ["webdav"] = Options("user password ask_password:b token custom_auth_header cert_path key_path timeout:d ssl_verify"),
    };

    /// <summary>Looks whether an option may be set to a value.</summary>
    /// <param name="section">As in the file: <c>core</c>, <c>remote "name"</c>.</param>
    /// <param name="option">In lower case.</param>
    /// <param name="value">What it is to be.</param>
    /// <param name="config">The configuration as it is: it says what kind of remote one is.</param>
    /// <exception cref="DvcException">DVC does not know it, or not with that value.</exception>
    public static void Check(string section, string option, string value, DvcConfig config)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(config);
        string shown = DvcConfig.SectionText(section);
        if (shown.StartsWith("remote.", StringComparison.Ordinal))
        {
            string url = option == "url" ? value : config.Remote(shown["remote.".Length..])?.GetValueOrDefault("url") ?? throw Error($"remote '{shown["remote.".Length..]}' has no url yet; add it first with: dvc remote add");
            if (OfScheme(url) is { } known)
                Check(shown, option, value, known);
        }
        else if (Sections.TryGetValue(section, out Dictionary<string, string>? known))
        {
            Check(shown, option, value, known);
        }
        else if (section is not ("feature" or "machine") && !section.StartsWith("db.", StringComparison.Ordinal) && !section.StartsWith("machine", StringComparison.Ordinal))
        {
            throw Error($"there is no section '{shown}'. Known are {string.Join(", ", Sections.Keys)} and remote.NAME.");
        }
    }

    // Of kinds that are not supported here, and of remotes that refer to others, nothing is known.
    private static Dictionary<string, string>? OfScheme(string url)
    {
        int end = url.IndexOf("://", StringComparison.Ordinal);
        string scheme = end < 0 ? "" : url[..end].ToLowerInvariant();
        return Remotes.GetValueOrDefault(scheme switch { "https" => "http", "webdavs" => "webdav", _ => scheme }) is { } own
            ? Common.Concat(own.Where(option => !Common.ContainsKey(option.Key))).ToDictionary(StringComparer.Ordinal)
            : null;
    }

    private static void Check(string section, string option, string value, Dictionary<string, string> known)
    {
        if (!known.TryGetValue(option, out string? kind))
        {
            string plain = Plain(option);
            string? meant = known.Keys.FirstOrDefault(name => Plain(name) == plain);
            throw Error($"there is no option '{section}.{option}'. {(meant is null ? $"Known are {string.Join(", ", known.Keys)}." : $"Is {meant} meant?")}");
        }

        bool isValid = kind switch
        {
            Any => true,
            Flag => value.ToLowerInvariant() is "true" or "false",
            Count => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0,
            Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0,
            Links => value.Split(',', StringSplitOptions.TrimEntries).All(link => link is "reflink" or "hardlink" or "symlink" or "copy"),
            _ => kind.Split('|').Contains(value.ToLowerInvariant(), StringComparer.Ordinal),
        };
        if (!isValid)
            throw Error($"'{section}.{option}' cannot be '{value}': expected {kind.Replace("|", " or ", StringComparison.Ordinal)}");
    }

    private static string Plain(string option) => option.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static DvcException Error(string message) => new("config file error: " + message, DvcException.NotConfigured);

    // name, name:kind, name=this|or_that
    private static Dictionary<string, string> Options(string text)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string option in text.Split(' '))
        {
            string[] parts = option.Split(':', '=');
            options[parts[0]] = option.Contains('=', StringComparison.Ordinal) ? parts[1] : parts.ElementAtOrDefault(1) switch { "b" => Flag, "n" => Count, "d" => Number, "l" => Links, _ => Any };
        }

        return options;
    }
}
