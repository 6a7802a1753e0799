using System.Security.Cryptography;
using System.Text;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>
/// Takes answers from our own page only. Another site can make a browser post here; it can neither read the token in our forms, nor
/// send the cookie that the token belongs to, nor call itself by our origin. The key lives as long as the process.
/// </summary>
internal sealed class ReviewDoor
{
    public const string Cookie = "backlog-review";

    public const string Field = "token";

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The token for the forms of a page that is about to be sent.</summary>
    public string Token(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: 64 } visitor)
        {
            visitor = RandomNumberGenerator.GetHexString(64, lowercase: true);
            context.Response.Cookies.Append(Cookie, visitor, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = ReviewPages.Path, IsEssential = true });
        }

        return Seal(visitor);
    }

    /// <summary>Why a post is not taken; null for one of our own forms.</summary>
    public string? WhyRefused(HttpContext context, IFormCollection form)
    {
        var request = context.Request;
        if (request.Headers.Origin is { Count: > 0 } origin && origin != $"{request.Scheme}://{request.Host}")
            return "This was sent by another page. Answers are taken from the review page only.";
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } from && from != "same-origin")
            return "This was sent by another site. Answers are taken from the review page only.";
        return request.Cookies[Cookie] is { Length: 64 } visitor && AreSame(form[Field].ToString(), Seal(visitor))
            ? null
            : "The page is not of this run of the program. Open the review page again, and answer there.";
    }

    /// <summary>Proves that a list was shown to this visitor.</summary>
    public string SealOf(HttpContext context, IEnumerable<string> picks) => Seal($"{Token(context)}\n{string.Join('\n', picks.Order(StringComparer.Ordinal))}");

    public bool WasShown(HttpContext context, IEnumerable<string> picks, string seal) => AreSame(seal, SealOf(context, picks));

    private string Seal(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static bool AreSame(string told, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told), Encoding.UTF8.GetBytes(expected));
}
