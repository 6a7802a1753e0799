using System.Security.Claims;
using Microsoft.Azure.Functions.Worker.Http;

namespace ServerlessBacklog.Functions.Tests.Fakes;

/// <summary>Members that the real type wants and the shell does not use.</summary>
internal sealed partial class FakeRequest
{
    public override IReadOnlyCollection<IHttpCookie> Cookies => [];

    public override IEnumerable<ClaimsIdentity> Identities => [];
}

internal sealed partial class FakeResponse
{
    public override HttpCookies Cookies => throw new NotSupportedException();
}
