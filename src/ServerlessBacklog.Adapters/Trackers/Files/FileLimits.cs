namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>How much of a file we are willing to hold or inflate, so that no file can exhaust memory or time.</summary>
public sealed record FileLimits
{
    public static FileLimits Default { get; } = new();

    /// <summary>Bytes of one record; a longer one is reported and skipped. Default 16 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>Bytes that a compressed file may hold. Default 4 GiB.</summary>
    public long MaxInflatedBytes { get; init; } = 4L << 30;

    /// <summary>Most inflated bytes for one compressed byte, looked at beyond <see cref="RatioAfterBytes"/>. Default 200.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Inflated bytes from which <see cref="MaxRatio"/> holds. Default 64 MiB.</summary>
    public long RatioAfterBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of a <c>.json</c> file: one array has no lines to skip to. Default 256 MiB.</summary>
    public long MaxArrayBytes { get; init; } = 256L << 20;
}
