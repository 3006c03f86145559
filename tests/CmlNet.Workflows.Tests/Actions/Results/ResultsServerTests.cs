using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Workflows.Actions.Results;

namespace CmlNet.Workflows.Tests.Actions.Results;

/// <summary>What a job may try with the artifact and cache services beside what GitHub's clients do.</summary>
public sealed class ResultsServerTests : IAsyncDisposable
{
    private const string ArtifactService = "twirp/github.actions.results.api.v1.ArtifactService/";
    private const string CacheService = "twirp/github.actions.results.api.v1.CacheService/";

    private readonly string _folder = Directory.CreateTempSubdirectory("cml-results-").FullName;
    private readonly ResultsServer _server;
    private readonly HttpClient _client;

    public ResultsServerTests()
    {
        _server = ResultsServer.Start("run-1", Path.Combine(_folder, "run"), _folder, Path.Combine(_folder, "scratch"));
        _client = new HttpClient { BaseAddress = new Uri(_server.Url) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _server.Key.Token("run-1", "job"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzY3AiOiJBY3Rpb25zLlJlc3VsdHM6cjpqIn0.")]
    public async Task Call_WithoutThisRunsToken_IsUnauthenticated(string? token)
    {
        _client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await PostAsync(ArtifactService + "ListArtifacts", "{}");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unauthenticated", JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("results/blobs/00")]
    [InlineData("results/caches/L2V0Yy9wYXNzd2Q")]
    [InlineData("results/artifacts/x?sig=AAAA")]
    public async Task Transfer_OfAnAddressThatIsNotSigned_IsForbidden(string address)
    {
        using HttpResponseMessage response = await _client.GetAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("../evil", "leads out of it")]
    [InlineData("/etc/evil", "leads out of it")]
    [InlineData("a/../../evil", "leads out of it")]
    [InlineData("a\\..\\evil", "leads out of it")]
    public async Task Finalize_OfAnArchiveThatLeadsOut_IsRefusedAndStoresNothing(string entry, string message)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        using (var writer = new StreamWriter(archive.CreateEntry(entry).Open()))
            await writer.WriteAsync("x");
        JsonNode refused = await UploadAsync(zip.ToArray());
        Assert.Contains(message, refused["msg"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Finalize_OfWhatIsNoArchive_IsRefused()
    {
        JsonNode refused = await UploadAsync(Encoding.UTF8.GetBytes("no zip"));
        Assert.Equal("invalid_argument", refused["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(ArtifactService + "CreateArtifact", """{"name":"../x"}""", 400)]
    [InlineData(ArtifactService + "CreateArtifact", """{"name":""}""", 400)]
    [InlineData(ArtifactService + "FinalizeArtifact", """{"name":"never"}""", 404)]
    [InlineData(ArtifactService + "GetSignedArtifactURL", """{"name":"never"}""", 404)]
    [InlineData(ArtifactService + "Unknown", "{}", 404)]
    [InlineData(ArtifactService + "ListArtifacts", "{", 400)]
    [InlineData(ArtifactService + "ListArtifacts", "[]", 400)]
    [InlineData(CacheService + "CreateCacheEntry", """{"key":""}""", 400)]
    [InlineData(CacheService + "Unknown", """{"key":"k"}""", 404)]
    [InlineData("twirp/other.Service/Call", "{}", 404)]
    public async Task Call_ThatMakesNoSense_IsAnsweredWithWhatIsWrong(string path, string body, int status)
    {
        using HttpResponseMessage response = await PostAsync(path, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["msg"]);
    }

    [Theory]
    [InlineData("<BlockList><Latest>never</Latest></BlockList>")]
    [InlineData("<BlockList>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><BlockList><Latest>&x;</Latest></BlockList>")]
    public async Task BlockList_ThatIsNone_IsRefused(string list)
    {
        using HttpResponseMessage created = await PostAsync(CacheService + "CreateCacheEntry", """{"key":"k","version":"v"}""");
        string address = JsonNode.Parse(await created.Content.ReadAsStringAsync())!["signed_upload_url"]!.GetValue<string>();
        using HttpResponseMessage response = await _client.PutAsync(address + "&comp=blocklist", new StringContent(list));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<JsonNode> UploadAsync(byte[] content)
    {
        using HttpResponseMessage created = await PostAsync(ArtifactService + "CreateArtifact", """{"name":"a","version":4}""");
        string address = JsonNode.Parse(await created.Content.ReadAsStringAsync())!["signed_upload_url"]!.GetValue<string>();
        using HttpResponseMessage put = await _client.PutAsync(address, new ByteArrayContent(content));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        using HttpResponseMessage finished = await PostAsync(ArtifactService + "FinalizeArtifact", """{"name":"a","size":"1"}""");
        return JsonNode.Parse(await finished.Content.ReadAsStringAsync())!;
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
}
