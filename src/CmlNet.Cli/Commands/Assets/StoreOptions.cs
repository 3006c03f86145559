namespace CmlNet.Cli.Commands.Assets;

/// <summary>What the options that choose an image store say.</summary>
internal static class StoreOptions
{
    public const string Description = "Where published files go: auto, server, s3 (a bucket), ref (a hidden reference of the repository), release, attachments (for personal tokens), uploads (the code host's own), inline (nowhere: tables and diagrams stand in for pictures), none";

    public const string BucketDescription = "Bucket of --assets=s3, as s3://name/prefix (default: CML_S3_BUCKET); CML_S3_ENDPOINT names a server of one's own";
}
