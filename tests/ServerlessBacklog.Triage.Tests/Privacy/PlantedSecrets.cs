namespace ServerlessBacklog.Triage.Tests.Privacy;

/// <summary>Secrets that were never given out. Put together here, so that no scanner takes this file for a leak.</summary>
internal static class PlantedSecrets
{
    /// <summary>The whole of each must be hidden, wherever it stands.</summary>
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "gh" + "p_" + Mixed(36),
        "gh" + "s_" + Mixed(36),
        "github" + "_pat_" + Mixed(22) + "_" + Mixed(59),
        "glp" + "at-" + Mixed(20),
        "xo" + "xb-" + "2468013579-" + Mixed(24),
        "AK" + "IA" + Mixed(32).ToUpperInvariant()[..16],
        Mixed(86) + "==",
        "a1B8" + "Q~" + Mixed(34),
        Mixed(76) + "AZ" + "DO" + Mixed(4),
        "AI" + "za" + Mixed(35),
        "GOC" + "SPX-" + Mixed(28),
        "s" + "k-proj-" + Mixed(48),
        "s" + "k-ant-api03-" + Mixed(80),
        "np" + "m_" + Mixed(36),
        "oy" + "2" + Mixed(43).ToLowerInvariant(),
        "py" + "pi-AgE" + Mixed(90),
        "s" + "k_live_" + Mixed(24),
        "r" + "k_test_" + Mixed(24),
        "S" + "K" + Hex(32),
        "S" + "G." + Mixed(22) + "." + Mixed(43),
        "ey" + "J" + Mixed(20) + ".ey" + "J" + Mixed(30) + "." + Mixed(30),
        "hf" + "_" + new string([.. Mixed(90).Where(char.IsAsciiLetter).Take(34)]),
        "do" + "p_v1_" + Hex(64),
        Mixed(64),
    ];

    /// <summary>What stands around a secret, with the secret in the middle.</summary>
    public static IReadOnlyList<(string Before, string Secret, string After)> Settings { get; } =
    [
        ("Server=db;User Id=sa;Pass" + "word=", "S3cure!pass", ";Encrypt=true"),
        ("DefaultEndpointsProtocol=https;AccountName=a;Account" + "Key=", Mixed(86) + "==", ";EndpointSuffix=core.windows.net"),
        ("Endpoint=sb://x.servicebus.windows.net/;SharedAccess" + "KeyName=Root;SharedAccess" + "Key=", Mixed(43) + "=", ""),
        ("https://a.blob.core.windows.net/c?sv=2024-01-01&si" + "g=", Mixed(43), "&se=2026"),
        ("postgres://", "admin:" + "hunter2x", "@db.example/app"),
        ("https://", Mixed(40), "@dev.example/org/_git/repo"),
        ("pass" + "word = \"", "correct horse 9", "\""),
        ("\"client_" + "secret\": \"", Mixed(20), "\""),
        ("aws_secret_access_" + "key = ", Mixed(40), "\n"),
        ("Authorization: Bear" + "er ", Mixed(48), ""),
        ("Authorization: Bas" + "ic ", "YWRtaW46aHVudGVyMg==", ""),
        ("api_" + "key=", Hex(40), " "),
        ("curl -X POST -u ", "admin:" + "s3cret99", " https://example.org"),
        ("//registry.example/:_auth" + "Token=", "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", ""),
        ("https://hooks.slack.com/services/", "T0" + Mixed(8) + "/B0" + Mixed(8) + "/" + Mixed(24), ""),
        ("", "-----BEGIN RSA " + "PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n" + Mixed(64) + "\n" + Mixed(64) + "\n-----END RSA " + "PRIVATE KEY-----", "\nnext"),
        ("", "-----BEGIN OPENSSH " + "PRIVATE KEY-----\n" + Mixed(70) + "\n" + Mixed(70), "\n\nand no end mark"),
    ];

    public static string Mixed(int length)
    {
        const string signs = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzAcCbDeF";
        var state = (uint)(length * 2654435761 + 12345);
        return string.Concat(Enumerable.Range(0, length).Select(_ =>
        {
            state = state * 1664525 + 1013904223;
            return signs[(int)(state >> 16) % signs.Length];
        }));
    }

    public static string Hex(int length) => string.Concat(Enumerable.Range(0, length).Select(i => "0f1e2d3c4b5a69788796a5b4c3d2e1f0"[(i * 5) % 32]));
}
