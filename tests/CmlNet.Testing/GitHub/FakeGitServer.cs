using System.Diagnostics;
using System.Globalization;
using System.Text;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.GitHub;

/// <summary>A repository's git data over HTTP, served by git itself to who has the token.</summary>
internal static class FakeGitServer
{
    private static readonly string[] Ends = ["/info/refs", "/git-upload-pack", "/git-receive-pack"];

    /// <summary>GitHub takes the repository's name with and without ".git".</summary>
    public static bool IsFor(PathString path) => path.Value is { } text && (text.Contains(".git/", StringComparison.Ordinal) || Ends.Any(e => text.EndsWith(e, StringComparison.Ordinal)));

    public static async Task HandleAsync(FakeGitHub fake, HttpContext context)
    {
        string path = context.Request.Path.Value!; // IsFor has looked at it
        int end = path.IndexOf(".git/", StringComparison.Ordinal);
        int rest = end + ".git".Length;
        if (end < 0)
            end = rest = path.Length - Ends.First(e => path.EndsWith(e, StringComparison.Ordinal)).Length;
        if (!fake.Repositories.TryGetValue(path[1..end], out FakeRepository? repository) || repository.BareDirectory is not { } directory)
        {
            context.Response.StatusCode = 404;
            return;
        }

        if (!IsAuthorized(fake, context.Request.Headers.Authorization))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
            return;
        }

        await ServeAsync(context, directory, path[rest..]);
    }

    private static bool IsAuthorized(FakeGitHub fake, string? header)
    {
        // GitHub answers 400 to two.
        if (header?.StartsWith("Basic ", StringComparison.Ordinal) != true || header.Contains(',', StringComparison.Ordinal))
            return false;
        string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':', 2);
        return parts.Length == 2 && fake.Tokens.ContainsKey(parts[1]);
    }

    public static async Task ServeAsync(HttpContext context, string directory, string path)
    {
        var start = new ProcessStartInfo("git", ["http-backend"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GIT_PROJECT_ROOT"] = directory;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = path;
        start.Environment["QUERY_STRING"] = context.Request.QueryString.Value?.TrimStart('?') ?? "";
        start.Environment["REQUEST_METHOD"] = context.Request.Method;
        start.Environment["CONTENT_TYPE"] = context.Request.ContentType ?? "";
        start.Environment["REMOTE_USER"] = "x-access-token";
        start.Environment["GIT_CONFIG_COUNT"] = "1";
        start.Environment["GIT_CONFIG_KEY_0"] = "safe.directory";
        start.Environment["GIT_CONFIG_VALUE_0"] = "*";
        if (context.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding)
            start.Environment["HTTP_CONTENT_ENCODING"] = encoding;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("git does not start");
        Task input = FeedAsync(context.Request.Body, process);
        using var answer = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(answer);
        await input;
        await process.WaitForExitAsync();
        await SendAsync(context, answer.ToArray());
    }

    private static async Task FeedAsync(Stream body, Process process)
    {
        await body.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
    }

    /// <summary>CGI: headers, an empty line, the body.</summary>
    private static async Task SendAsync(HttpContext context, byte[] answer)
    {
        int end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (string line in Encoding.ASCII.GetString(answer, 0, Math.Max(end, 0)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(": ", 2);
            if (parts[0] == "Status")
                context.Response.StatusCode = int.Parse(parts[1].AsSpan(0, 3), CultureInfo.InvariantCulture);
            else
                context.Response.Headers[parts[0]] = parts[1];
        }

        await context.Response.Body.WriteAsync(answer.AsMemory(end + 4));
    }
}
