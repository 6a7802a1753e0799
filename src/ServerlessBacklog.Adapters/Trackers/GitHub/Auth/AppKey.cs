using System.Security.Cryptography;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Auth;

/// <summary>The private key of an app, from its text or its file.</summary>
internal static class AppKey
{
    /// <param name="text">PEM, also with <c>\n</c> written out as environment variables have it, or the path of a .pem file.</param>
    public static RSA Read(string text)
    {
        var pem = text.StartsWith("-----BEGIN", StringComparison.Ordinal) ? text.Replace("\\n", "\n", StringComparison.Ordinal) : ReadFile(text);
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            // A public key is read as well, and only fails at the first signature.
            key.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return key;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new UserErrorException("GitHub:PrivateKey is not a private RSA key in PEM form. Make a new one in the settings of the app and give its text or its path.");
        }
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserErrorException("GitHub:PrivateKey is neither PEM text nor a file that can be read. Give the text of the key, or the path of the .pem file.");
        }
    }
}
