using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CmlNet.Workflows.Actions.Results;

/// <summary>What a run's token and signed addresses are made with; known to this process alone.</summary>
internal sealed class ResultsKey
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>A JSON web token as the clients expect it: they read the run's and the job's id out of its scope.</summary>
    public string Token(string runId, string jobId)
    {
        string body = $"{Base64("""{"alg":"HS256","typ":"JWT"}""")}.{Base64($$"""{"scp":"Actions.Results:{{runId}}:{{jobId}}"}""")}";
        return $"{body}.{Sign(body)}";
    }

    public bool IsToken(string token)
    {
        int dot = token.LastIndexOf('.');
        return dot > 0 && IsSigned(token[..dot], token[(dot + 1)..]);
    }

    public string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    public bool IsSigned(string text, string signature) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(text)), Encoding.UTF8.GetBytes(signature));

    private static string Base64(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
