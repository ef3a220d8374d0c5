using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenHall.Host;

/// <summary>A self-made certificate for the hall's own network, made at the first start and kept in the data folder.</summary>
static class Certificate
{
    private static readonly TimeSpan ValidFor = TimeSpan.FromDays(825);

    public static X509Certificate2 LoadOrMake(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "https.pfx");
        var now = TimeProvider.System.GetUtcNow();
        if (File.Exists(path))
        {
            var kept = X509CertificateLoader.LoadPkcs12FromFile(path, null);
            if (kept.NotAfter.ToUniversalTime() > now.UtcDateTime.AddDays(7)) return kept;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=OpenHall", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Environment.MachineName);
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.Add(ValidFor));
        Directory.CreateDirectory(dataFolder);
        File.WriteAllBytes(path, made.Export(X509ContentType.Pfx));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return X509CertificateLoader.LoadPkcs12FromFile(path, null);
    }
}
