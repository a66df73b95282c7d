& {
  $root = (Get-Location -PSProvider FileSystem).ProviderPath.TrimEnd('\', '/')
  $files = @{}; $listed = @{}; $wrong = 0
  foreach ($file in Get-ChildItem -LiteralPath "$root/" -Recurse -Force -ErrorAction Stop) {
    if ($file.PSIsContainer) { continue }
    $name = $file.FullName.Substring($root.Length).Replace('\', '/').TrimStart('/')
    $files[$name.Normalize()] = $file.FullName
  }
  foreach ($manifest in 'manifest-sha256.txt', 'manifest-sha512.txt', 'tagmanifest-sha256.txt', 'tagmanifest-sha512.txt') {
    if (-not $files.ContainsKey($manifest)) { "НЕТ ФАЙЛА: $manifest"; $wrong++; continue }
    $algorithm = $manifest.Substring($manifest.IndexOf('-') + 1, 6)
    foreach ($line in Get-Content -LiteralPath $files[$manifest] -Encoding UTF8 -ErrorAction Stop) {
      $digest, $name = $line -split '  ', 2
      $name = ("$name" -replace '%0D', "`r" -replace '%0A', "`n" -replace '%25', '%').Normalize()
      $isNew = -not $listed.ContainsKey($name)
      $listed[$name] = $true
      if (-not $files.ContainsKey($name)) {
        if ($isNew) { "НЕТ ФАЙЛА: $name" }
        $wrong++; continue
      }
      $found = try { (Get-FileHash -Algorithm $algorithm -LiteralPath $files[$name] -ErrorAction Stop).Hash } catch { 'нет' }
      if ($found -eq 'нет') { "НЕ ПРОЧИТАН: $name"; $wrong++; continue }
      if ($found -ne $digest) { "ИЗМЕНЁН ($algorithm): $name"; $wrong++ }
    }
  }
  foreach ($name in $files.Keys | Sort-Object) {
    if ($listed.ContainsKey($name) -or $name -match '^tagmanifest-[a-z0-9]+\.txt$') { continue }
    $signed = if ($name -match '^(signatures/.+|[^/]+)\.(sig|p7s)$') { $Matches[1] } else { '' }
    if ($signed -and ($files.ContainsKey($signed) -or $files.ContainsKey(($signed -replace '^signatures/', '')))) {
      "ПОДПИСЬ, её проверяет программа для электронной подписи: $name"; continue
    }
    "ЛИШНИЙ ФАЙЛ: $name"; $wrong++
  }
  if ($wrong -eq 0 -and $listed.Count -gt 0) { "ВСЁ ЦЕЛО, файлов: $($listed.Count)" } else { "НЕВЕРНО, замечаний: $wrong" }
}
