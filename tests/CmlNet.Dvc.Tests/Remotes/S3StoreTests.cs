using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CmlNet.Dvc.Remotes;
using CmlNet.Testing.S3;

namespace CmlNet.Dvc.Tests.Remotes;

public sealed class S3StoreTests : IAsyncDisposable
{
    private readonly FakeS3Server _server = new();
    private readonly HttpClient _client = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-s3-").FullName;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The server is checked by the vendor's own client; then it may judge ours.</summary>
    [Fact]
    public async Task FakeS3Server_AskedByTheAwsSdk_AnswersAsS3()
    {
        using var sdk = new AmazonS3Client(new BasicAWSCredentials(FakeS3Server.KeyId, FakeS3Server.Secret), new AmazonS3Config { ServiceURL = _server.Endpoint, ForcePathStyle = true, AuthenticationRegion = "eu-west-3" });
        await sdk.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "dir/a b+ü", ContentBody = "content", UseChunkEncoding = false });
        await sdk.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "dir/c", ContentBody = "other", UseChunkEncoding = false });
        _server.PageSize = 1;
        ListObjectsV2Response first = await sdk.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket", Prefix = "dir/" });
        ListObjectsV2Response second = await sdk.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket", Prefix = "dir/", ContinuationToken = first.NextContinuationToken });
        Assert.Equal(["dir/a b+ü", "dir/c"], first.S3Objects.Concat(second.S3Objects).Select(item => item.Key));
        using GetObjectResponse got = await sdk.GetObjectAsync("bucket", "dir/a b+ü");
        using var reader = new StreamReader(got.ResponseStream);
        Assert.Equal("content", await reader.ReadToEndAsync());
        AmazonS3Exception absent = await Assert.ThrowsAsync<AmazonS3Exception>(() => sdk.GetObjectAsync("bucket", "nothing"));
        Assert.Equal("NoSuchKey", absent.ErrorCode);
        using var wrong = new AmazonS3Client(new BasicAWSCredentials(FakeS3Server.KeyId, "wrong"), new AmazonS3Config { ServiceURL = _server.Endpoint, ForcePathStyle = true });
        Assert.Equal("SignatureDoesNotMatch", (await Assert.ThrowsAsync<AmazonS3Exception>(() => wrong.GetObjectAsync("bucket", "dir/c"))).ErrorCode);
    }

    [Fact]
    public async Task Store_WishesForWhatIsWritten_AreSentAndSigned()
    {
        S3Store store = Store(("sse", "aws:kms"), ("sse_kms_key_id", "key-1"), ("acl", "bucket-owner-full-control"));
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "x");
        await store.WriteAsync("a", file, CancellationToken.None);
        IReadOnlyDictionary<string, string> sent = _server.Headers.Last();
        Assert.Equal(("aws:kms", "key-1", "bucket-owner-full-control"), (sent["x-amz-server-side-encryption"], sent["x-amz-server-side-encryption-aws-kms-key-id"], sent["x-amz-acl"]));
        Assert.Contains("x-amz-server-side-encryption", sent["Authorization"], StringComparison.Ordinal);
        Assert.True(await store.ExistsAsync("a", CancellationToken.None));
        Assert.DoesNotContain("x-amz-acl", _server.Headers.Last().Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Store_KeyOfTheUsersOwn_IsGivenWithEveryContent()
    {
        const string key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        S3Store store = Store(("sse_customer_key", key));
        string file = Path.Combine(_folder, "file");
        await using (FileStream large = File.Create(file))
            large.SetLength((64 << 20) + 1);
        await store.WriteAsync("large", file, CancellationToken.None);
        await store.ExistsAsync("large", CancellationToken.None);
        await store.ReadAsync("large", Stream.Null, 0, CancellationToken.None);
        await store.ListAsync("", CancellationToken.None);
        await store.DeleteAsync("large", CancellationToken.None);
        // Beginning, two parts, end; looked for, read; listed, deleted.
        Assert.Equal([true, true, true, false, true, true, false, false], _server.Headers.Select(sent => sent.ContainsKey("x-amz-server-side-encryption-customer-key")));
        IReadOnlyDictionary<string, string> first = _server.Headers.First();
        // As: echo -n 0123456789abcdef0123456789abcdef | openssl md5 -binary | base64
        Assert.Equal(("AES256", key, "hRasmdxgYDKV3nvbahU1MA=="), (first["x-amz-server-side-encryption-customer-algorithm"], first["x-amz-server-side-encryption-customer-key"], first["x-amz-server-side-encryption-customer-key-MD5"]));
        var error = Assert.Throws<CmlNet.Dvc.Project.DvcException>(() => Store(("sse_customer_key", "c2VjcmV0")));
        Assert.Contains("sse_customer_key is not 32 bytes in Base64", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error.Message, StringComparison.Ordinal);
        Assert.Throws<CmlNet.Dvc.Project.DvcException>(() => Store(("sse_customer_key", key), ("sse", "AES256")));
    }

    [Fact]
    public async Task Store_WriteReadList_RoundTrips()
    {
        S3Store store = Store();
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "0123456789");
        await store.WriteAsync("files/md5/ab/c d+ü", file, CancellationToken.None);
        await store.WriteAsync("files/md5/ab/e", file, CancellationToken.None);
        await store.WriteAsync("other", file, CancellationToken.None);
        Assert.Contains("bucket/pre fix/files/md5/ab/c d+ü", _server.Objects.Keys);
        _server.PageSize = 1;
        Assert.Equal(["files/md5/ab/c d+ü", "files/md5/ab/e"], (await store.ListAsync("files/md5", CancellationToken.None))!.Order(StringComparer.Ordinal));
        Assert.Equal((true, false), (await store.ExistsAsync("other", CancellationToken.None), await store.ExistsAsync("nothing", CancellationToken.None)));
        using var rest = new MemoryStream();
        Assert.True(await store.ReadAsync("other", rest, 7, CancellationToken.None));
        Assert.Equal("789", System.Text.Encoding.ASCII.GetString(rest.ToArray()));
        Assert.False(await store.ReadAsync("nothing", rest, 0, CancellationToken.None));
    }

    [Fact]
    public async Task Store_LargeFile_GoesInParts()
    {
        string file = Path.Combine(_folder, "large");
        await using (FileStream stream = File.Create(file))
        {
            stream.SetLength((64 << 20) + 5);
            stream.Position = 64 << 20;
            await stream.WriteAsync("tail!"u8.ToArray());
        }

        await Store().WriteAsync("large", file, CancellationToken.None);
        Assert.Equal((64 << 20) + 5, _server.Objects["bucket/pre fix/large"].Length);
        Assert.Equal("tail!", System.Text.Encoding.ASCII.GetString(_server.Objects["bucket/pre fix/large"].AsSpan(64 << 20)));
        Assert.Equal(2, _server.Requests.Count(line => line.Contains("partNumber", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Store_Refused_SaysWhatToCheckAndNoSecret()
    {
        S3Store store = Store(("secret_access_key", "wrong-secret"));
        TransferException e = await Assert.ThrowsAsync<TransferException>(() => store.ReadAsync("a", Stream.Null, 0, CancellationToken.None));
        Assert.Equal("a could not be read at s3://bucket/pre fix: HTTP 403 SignatureDoesNotMatch; check the credentials, and that they may do it", e.Message);
    }

    [Fact]
    public void Store_NoCredentials_SaysWhereTheyAreLookedFor()
        => Assert.Contains("AWS_ACCESS_KEY_ID", Assert.Throws<CmlNet.Dvc.Project.DvcException>(() => new S3Store(_client, new Dictionary<string, string> { ["url"] = "s3://b" }, new Dictionary<string, string> { ["HOME"] = _folder }, TimeProvider.System)).Message, StringComparison.Ordinal);

    private S3Store Store(params (string Option, string Value)[] options) => new(
        _client,
        new (string Option, string Value)[] { ("url", "s3://bucket/pre fix"), ("endpointurl", _server.Endpoint), ("access_key_id", FakeS3Server.KeyId), ("secret_access_key", FakeS3Server.Secret), ("region", "eu-west-3") }
            .Concat(options).GroupBy(option => option.Option, StringComparer.Ordinal).ToDictionary(option => option.Key, option => option.Last().Value, StringComparer.Ordinal),
        new Dictionary<string, string>(),
        TimeProvider.System);
}
