@echo off
rem Installs auditor from the wheels beside this script, without a network. Needs Python 3.11 or newer, no rights.
setlocal
cd /d "%~dp0"
set TARGET=%~1
if "%TARGET%"=="" set TARGET=%LOCALAPPDATA%\auditor
py -3 -m venv "%TARGET%" || exit /b 1
"%TARGET%\Scripts\python" -m pip install --quiet --no-index --find-links wheels "auditor[office,pdf]" || exit /b 1
echo %TARGET%\Scripts\auditor.exe
