using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Http;
using CmlNet.Testing.S3;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.Assets.S3;

/// <summary>Against a server that checks each signature as Amazon describes it, and Amazon's own client as the second opinion.</summary>
public sealed class S3AssetStoreTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
    private static readonly Asset Picture = new() { FileName = "plot.png", MediaType = "image/png", Content = Png };

    [Fact]
    public async Task Store_Picture_IsReadBackByAmazonsClient()
    {
        await using var server = new FakeS3Server();
        string url = await StoreAsync(server, "s3://plots/team a/runs", Picture);
        string key = "team a/runs/" + Sha256.Hex(Png) + ".png";
        Assert.Equal($"{server.Endpoint}/plots/team%20a/runs/{Sha256.Hex(Png)}.png", url);
        Assert.Equal(Png, server.Objects["plots/" + key]);
        using var amazon = new AmazonS3Client(new BasicAWSCredentials(FakeS3Server.KeyId, FakeS3Server.Secret), new AmazonS3Config { ServiceURL = server.Endpoint, ForcePathStyle = true });
        using GetObjectResponse read = await amazon.GetObjectAsync("plots", key);
        using var copy = new MemoryStream();
        await read.ResponseStream.CopyToAsync(copy);
        Assert.Equal(Png, copy.ToArray());
    }

    [Fact]
    public async Task Store_SameFileAgain_HasTheSameAddress()
    {
        await using var server = new FakeS3Server();
        Assert.Equal(await StoreAsync(server, "plots", Picture), await StoreAsync(server, "s3://plots", Picture));
        Assert.Single(server.Objects);
    }

    [Fact]
    public async Task Store_TypeAndCacheRules_AreTold()
    {
        await using var server = new FakeS3Server();
        await StoreAsync(server, "plots", Picture, ("CML_S3_ACL", "public-read"), ("CML_S3_PUBLIC_URL", "https://cdn.example/x/"), ("AWS_SESSION_TOKEN", "session"));
        IReadOnlyDictionary<string, string> headers = Assert.Single(server.Headers);
        Assert.Equal("image/png", headers["Content-Type"]);
        Assert.Equal("public, max-age=31536000, immutable", headers["Cache-Control"]);
        Assert.Equal("public-read", headers["x-amz-acl"]);
        Assert.Equal("session", headers["x-amz-security-token"]);
    }

    [Fact]
    public async Task Store_OtherAddressForReaders_IsTheOneLinked()
    {
        await using var server = new FakeS3Server();
        Assert.StartsWith("https://cdn.example/x/runs/", await StoreAsync(server, "s3://plots/runs/", Picture, ("CML_S3_PUBLIC_URL", "https://cdn.example/x")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Store_FaultOnce_IsTriedAgain(int status)
    {
        await using var server = new FakeS3Server();
        int left = 1;
        server.Fault = _ => Interlocked.Decrement(ref left) >= 0 ? status : null;
        await StoreAsync(server, "plots", Picture);
        Assert.Single(server.Objects);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Store_ClockAnHourWrong_TakesTheServers()
    {
        await using var server = new FakeS3Server();
        await StoreAsync(server, "plots", Picture, new ShiftedTime { Shift = TimeSpan.FromHours(1) });
        Assert.Single(server.Objects);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Store_WrongSecret_IsToldWithoutIt()
    {
        await using var server = new FakeS3Server();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => StoreAsync(server, "plots", Picture, ("AWS_SECRET_ACCESS_KEY", "not-the-secret-at-all")));
        Assert.Contains("403 Forbidden: SignatureDoesNotMatch", e.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_ACCESS_KEY_ID may put", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "needs a bucket")]
    [InlineData("https://x/y", "is not a bucket")]
    [InlineData("s3://a", "is not a bucket")]
    [InlineData("s3://plots/../x", "is not a bucket")]
    [InlineData("s3://plots?x", "is not a bucket")]
    public async Task Store_BadBucket_IsRefusedBeforeAnythingIsSent(string bucket, string message)
    {
        await using var server = new FakeS3Server();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => StoreAsync(server, bucket, Picture));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID", "", "needs credentials")]
    [InlineData("CML_S3_ENDPOINT", "minio:9000", "is no http(s) address")]
    [InlineData("AWS_REGION", "eu central", "is no region")]
    public async Task Store_BadSurroundings_AreToldByName(string variable, string value, string message)
    {
        await using var server = new FakeS3Server();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => StoreAsync(server, "plots", Picture, (variable, value)));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://plots/runs", "https://plots.s3.eu-central-1.amazonaws.com/runs/")]
    [InlineData("my.plots", "https://s3.eu-central-1.amazonaws.com/my.plots/")]
    public void Bucket_OnAmazon_IsInTheHostUnlessItHasADot(string bucket, string address) =>
        Assert.Equal(address, Publishing.Assets.S3.S3Bucket.Read(bucket, new Dictionary<string, string>(StringComparer.Ordinal) { ["AWS_REGION"] = "eu-central-1" }).Objects.AbsoluteUri);

    [Fact]
    public async Task Auto_BucketConfigured_IsTaken()
    {
        await using var server = new FakeS3Server();
        using PublishingServices services = Services(server, "plots", TimeProvider.System, []);
        Assert.Equal("s3", services.OpenAssetStore()?.Name);
    }

    private static Task<string> StoreAsync(FakeS3Server server, string bucket, Asset asset, params (string Name, string Value)[] others) => StoreAsync(server, bucket, asset, TimeProvider.System, others);

    private static async Task<string> StoreAsync(FakeS3Server server, string bucket, Asset asset, TimeProvider time, params (string Name, string Value)[] others)
    {
        using PublishingServices services = Services(server, bucket, time, others);
        return await services.OpenAssetStore("s3").StoreAsync(asset);
    }

    private static PublishingServices Services(FakeS3Server server, string bucket, TimeProvider time, (string Name, string Value)[] others)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["CML_S3_ENDPOINT"] = server.Endpoint, ["AWS_ACCESS_KEY_ID"] = FakeS3Server.KeyId, ["AWS_SECRET_ACCESS_KEY"] = FakeS3Server.Secret };
        foreach ((string name, string value) in others)
            environment[name] = value;
        return new PublishingServices(new PublishingOptions { Environment = environment, WorkingDirectory = "/", Bucket = bucket, Time = time }, NullLogger.Instance)
        {
            Retries = new RetryRules { FirstDelay = TimeSpan.FromMilliseconds(1) },
        };
    }
}
