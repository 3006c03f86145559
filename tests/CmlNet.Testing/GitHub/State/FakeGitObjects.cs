using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CmlNet.Testing.GitHub.State;

/// <summary>Git's objects, named as git names them, and the references to them.</summary>
public sealed class FakeGitObjects
{
    public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Tree to its entries: path, mode, type, sha.</summary>
    public Dictionary<string, JsonArray> Trees { get; } = new(StringComparer.Ordinal);

    /// <summary>Commit to its tree, parents, message.</summary>
    public Dictionary<string, JsonObject> Commits { get; } = new(StringComparer.Ordinal);

    /// <summary>Full reference (<c>refs/…</c>) to sha.</summary>
    public Dictionary<string, string> References { get; } = new(StringComparer.Ordinal);

    public string AddBlob(byte[] content)
    {
        string sha = Hash("blob", content);
        Blobs[sha] = content;
        return sha;
    }

    public static string Hash(string type, byte[] content)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{type} {content.Length}\0");
#pragma warning disable CA5350 // Git names objects by SHA-1.
        return Convert.ToHexStringLower(SHA1.HashData([.. header, .. content]));
#pragma warning restore CA5350
    }
}
